package dev.rustnet.plugins.groupmembership;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.StateReader;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.SimulatedProcess.State;
import dev.rustnet.testkit.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three nodes of which the third is restarted: what becomes of states that are large, slow, broken or not there. */
class StateTransferTest {
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final FaultPlan THIRD_RESTARTS =
            new FaultPlan().at(5, SECONDS).crash("p3").at(5_001, MILLISECONDS).restart("p3");

    /** A state of a number of chunks; counts what is on its way. */
    private static class Chunks implements StateTransfer {
        final int count;
        final int length;
        int written;
        int read;
        int attempts;
        int completed;
        int abandoned;
        int mostUnderWay;

        Chunks(int count, int length) {
            this.count = count;
            this.length = length;
        }

        @Override
        public Iterator<byte[]> writeState() {
            written = 0;
            return IntStream.range(0, count).mapToObj(this::chunk).iterator();
        }

        byte[] chunk(int number) {
            written++;
            mostUnderWay = Math.max(mostUnderWay, written - read);
            byte[] chunk = new byte[length];
            chunk[0] = (byte) number;
            return chunk;
        }

        void receive(byte[] chunk) {
            if (chunk.length != length || chunk[0] != (byte) read) {
                throw new IllegalStateException("chunk " + read + " is not as it was written");
            }
            read++;
        }

        @Override
        public StateReader readState() {
            attempts++;
            read = 0;
            return new StateReader() {
                @Override
                public void read(byte[] chunk) {
                    receive(chunk);
                }

                @Override
                public void complete() {
                    completed++;
                }

                @Override
                public void abandoned() {
                    abandoned++;
                }
            };
        }
    }

    private static StateTransfer failingWriter() {
        return new Chunks(100, 100) {
            @Override
            byte[] chunk(int number) {
                if (number == 50) {
                    throw new UnsupportedOperationException("half of it is missing");
                }
                return super.chunk(number);
            }
        };
    }

    /** Registers what {@code of} gives for each process, under the name state; nothing for null. */
    private static Load registers(Function<SimulatedProcess, @Nullable StateTransfer> of) {
        return process -> {
            StateTransfer transfer = of.apply(process);
            if (transfer != null) {
                process.node().service(GroupMembership.class).transfer("state", transfer);
            }
            return () -> true;
        };
    }

    private static Simulation run(Load load, FaultPlan faults, String settings) {
        Simulation run = Simulation.of(3)
                .seed(7)
                .network(NetworkOptions.lan())
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new GroupMembershipComponent(),
                        new ReliableBroadcastComponent()))
                .config("""
                        rustnet.services.group-membership = group-membership
                        rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
                        """ + settings)
                .load(load)
                .faults(faults)
                .mayStop()
                .build();
        return run;
    }

    private static Simulation rested(Load load, String settings) {
        Simulation run = run(load, THIRD_RESTARTS, settings);
        assertThat(run.runUntilQuiet(REST, DEADLINE)).isTrue();
        return run;
    }

    private static long view(Simulation run, String process) {
        return run.process(process).node().service(GroupMembership.class).view().number();
    }

    private static int members(Simulation run, String process) {
        return run.process(process).node().service(GroupMembership.class).view().size();
    }

    private static String log(Simulation run, String process) {
        return String.join("\n", run.process(process).log());
    }

    private static void assertThatItStopped(Simulation run, String process, String... why) {
        assertThat(run.process(process).state()).as(run.report()).isEqualTo(State.STOPPED);
        assertThatThrownBy(() -> run.process(process).node().whenStopped().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContainingAll(why);
    }

    // Large and slow

    @Test
    void ofALargeStateNoMoreIsPulledThanIsRead() {
        Chunks state = new Chunks(320, StateTransfer.MAX_CHUNK);

        Simulation run = rested(registers(process -> state), "");

        assertThat(state.completed).as(run.report()).isEqualTo(1);
        assertThat(state.read).isEqualTo(320);
        assertThat(state.mostUnderWay)
                .isLessThanOrEqualTo((int) (OutgoingState.UNDER_WAY / StateTransfer.MAX_CHUNK) + 1);
        assertThat(log(run, "p3")).contains("took the state for view 2 from p1: 20,971,520 bytes");
        assertThat(log(run, "p1")).contains("p3 was given the state for view 2: 20,971,520 bytes");
    }

    @Test
    void ofManySmallChunksNoMoreArePulledThanAreReadEither() {
        Chunks state = new Chunks(100_000, 1);

        rested(registers(process -> state), "");

        assertThat(state.read).isEqualTo(100_000);
        assertThat(state.mostUnderWay).isLessThanOrEqualTo((int) (OutgoingState.UNDER_WAY / 64) + 1);
    }

    @Test
    void aStateOfNoChunksIsOneToo() {
        Chunks state = new Chunks(0, 1);

        rested(registers(process -> state), "");

        assertThat(state.attempts).isEqualTo(1);
        assertThat(state.completed).isEqualTo(1);
    }

    /** It reads for 20 seconds, and is not suspected. */
    @Test
    void whoReadsTooSlowlyEndsAndTheOthersGoOnInTime() {
        Load load = process -> {
            process.node().service(GroupMembership.class).transfer("state", new Chunks(200, 60_000) {
                @Override
                void receive(byte[] chunk) {
                    process.spend(Duration.ofMillis(100));
                }
            });
            return () -> true;
        };
        Simulation run = run(load, THIRD_RESTARTS, "rustnet.components.group-membership.state-timeout = 3s");

        // The restarted one is admitted at once, or within two seconds; then the state may take three.
        run.runFor(Duration.ofSeconds(4));
        assertThat(run.runUntil(() -> view(run, "p1") == 2 && view(run, "p2") == 2, Duration.ofSeconds(11)))
                .as(run.report())
                .isTrue();
        run.runUntilQuiet(REST, DEADLINE);

        assertThat(log(run, "p1")).contains("does not wait for p3 any more");
        assertThatItStopped(run, "p3", "does not have its state", "state-timeout", "Started again it joins");
        assertThat(members(run, "p1")).isEqualTo(2);
    }

    // Broken

    @Test
    void whenAWriterFailsTheNextMemberIsAsked() {
        Chunks good = new Chunks(100, 100);

        Simulation run = rested(registers(process -> process.name().equals("p1") ? failingWriter() : good), "");

        assertThat(good.completed).as(run.report()).isEqualTo(1);
        assertThat(members(run, "p3")).isEqualTo(3);
        assertThat(log(run, "p1")).contains("the writer of the state \"state\" failed while p3 was given it");
        assertThat(log(run, "p3")).contains("took the state for view 2 from p2");
    }

    @Test
    void whenAllWritersFailTheJoinerEndsAndTheOthersGoOn() {
        Simulation run = rested(registers(process -> failingWriter()), "");

        assertThatItStopped(run, "p3", "p1 went on without it", "p2 went on without it", "half of it is missing");
        assertThat(members(run, "p1")).isEqualTo(2);
    }

    @Test
    void whenAReaderFailsTheJoinerStopsWithTheCauseAndTheOthersGoOn() {
        Simulation run = rested(
                registers(process -> new Chunks(10, 10) {
                    @Override
                    void receive(byte[] chunk) {
                        throw new UnsupportedOperationException("what is this?");
                    }
                }),
                "");

        assertThatItStopped(run, "p3", "the state \"state\" for view 2 cannot be read", "what is this?");
        assertThat(members(run, "p1")).isEqualTo(2);
    }

    @Test
    void aChunkThatIsTooLongIsAFailureOfTheWriter() {
        Simulation run = rested(registers(process -> new Chunks(1, StateTransfer.MAX_CHUNK + 1)), "");

        assertThatItStopped(run, "p3", "a chunk of 65537 bytes; a chunk has at most 65536");
    }

    @Test
    void soIsOneThatIsLongerThanAMessageMayBe() {
        Simulation run = rested(registers(process -> new Chunks(1, 3_000)), "rustnet.node.max-message-size = 2KiB");

        assertThatItStopped(run, "p3", "at most 2048 bytes (rustnet.node.max-message-size)");
    }

    @Test
    void aWholeStateIsReadAsItWasWritten() {
        List<byte[]> read = new ArrayList<>();
        byte[] state = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        rested(registers(process -> StateTransfer.ofBytes(() -> state, read::add)), "");

        assertThat(read).hasSize(1);
        assertThat(read.get(0)).isEqualTo(state);
    }

    @Test
    void aWholeStateThatIsTooLargeSaysWhatToDo() {
        Simulation run =
                rested(registers(process -> StateTransfer.ofBytes(() -> new byte[(16 << 20) + 1], bytes -> {})), "");

        assertThatItStopped(run, "p3", "implement StateTransfer, which gives it in chunks");
    }

    // Not there

    @Test
    void whoHasRegisteredNothingJoinsAndSaysSo() {
        Simulation run = rested(registers(process -> process.number() == 1003 ? null : new Chunks(10, 10)), "");

        assertThat(members(run, "p3")).isEqualTo(3);
        assertThat(log(run, "p3")).contains("offers the state \"state\", for which nothing is registered here");
    }

    @Test
    void whereNobodyElseHasRegisteredItTheJoinerBeginsWithItsOwn() {
        Chunks only = new Chunks(10, 10);

        Simulation run = rested(registers(process -> process.number() == 1003 ? only : null), "");

        assertThat(members(run, "p3")).as(run.report()).isEqualTo(3);
        assertThat(only.attempts).isZero();
        assertThat(log(run, "p3")).contains("no member of the group has registered the state \"state\"");
    }

    @Test
    void whereOneMemberHasItAndAnotherNotItComesFromTheOneThatHas() {
        Chunks state = new Chunks(10, 10);

        Simulation run = rested(registers(process -> process.name().equals("p1") ? null : state), "");

        assertThat(state.completed).as(run.report()).isEqualTo(1);
        assertThat(log(run, "p3")).contains("took the state for view 2 from p2");
    }

    @Test
    void severalStatesAreTakenTogether() {
        List<String> complete = new ArrayList<>();
        Load load = process -> {
            GroupMembership membership = process.node().service(GroupMembership.class);
            for (String name : List.of("b", "a", "c")) {
                membership.transfer(
                        name,
                        StateTransfer.ofBytes(
                                () -> name.getBytes(StandardCharsets.UTF_8),
                                bytes -> complete.add(name + "=" + new String(bytes, StandardCharsets.UTF_8))));
            }
            return () -> true;
        };

        rested(load, "");

        assertThat(complete).containsExactly("a=a", "b=b", "c=c");
    }

    /** Nobody joins: the states of those that form the first view are their own. */
    @Test
    void theFirstViewNeedsNoTransfer() {
        Chunks state = new Chunks(10, 10);
        Simulation run = run(registers(process -> state), new FaultPlan(), "");

        run.runUntilQuiet(REST, DEADLINE);

        assertThat(view(run, "p1")).isEqualTo(1);
        assertThat(state.attempts).isZero();
    }

    // The pause

    @Test
    void whenTheLinkToTheMemberThatSendsDiesAnotherOneSends() {
        int[] abandoned = new int[1];
        int[] completed = new int[1];
        Load load = process -> {
            Chunks state = new Chunks(300, 30_000) {
                @Override
                void receive(byte[] chunk) {
                    super.receive(chunk);
                    process.spend(Duration.ofMillis(10));
                }
            };
            process.node().service(GroupMembership.class).transfer("state", state);
            return () -> {
                abandoned[0] = Math.max(abandoned[0], state.abandoned);
                completed[0] = Math.max(completed[0], state.completed);
                return true;
            };
        };
        FaultPlan linkDies = THIRD_RESTARTS.and(
                new FaultPlan().at(6, SECONDS).partition("p1", "p3").lasting(20, SECONDS));
        Simulation run = run(load, linkDies, "");

        run.runUntilQuiet(REST, DEADLINE);

        assertThat(log(run, "p3")).as(run.report()).contains("took the state for view 2 from p2");
        assertThat(log(run, "p1")).contains("does not wait for p3 any more: it was suspected");
        assertThat(abandoned[0]).isEqualTo(1);
        assertThat(completed[0]).isEqualTo(1);
        assertThat(members(run, "p1")).isEqualTo(3);
    }

    @Test
    void nothingIsDeliveredWhileTheStateIsSent() {
        List<String> seen = new ArrayList<>();
        Load load = process -> {
            process.node().service(GroupMembership.class).transfer("state", new Chunks(100, 60_000) {
                @Override
                byte[] chunk(int number) {
                    seen.add("chunk");
                    return super.chunk(number);
                }

                @Override
                void receive(byte[] chunk) {
                    process.spend(Duration.ofMillis(10));
                }
            });
            var channel = process.node().service(ReliableBroadcast.class).channel("orders");
            channel.onDeliver(delivery -> {
                if (process.name().equals("p1")) {
                    seen.add("delivery");
                }
            });
            broadcastForEver(process, () -> channel.tryBroadcast("hello".getBytes(StandardCharsets.UTF_8)));
            return () -> true;
        };
        Simulation run = run(load, THIRD_RESTARTS, "");

        run.runFor(Duration.ofSeconds(20));

        int first = seen.indexOf("chunk");
        assertThat(first).isPositive();
        assertThat(seen.subList(first, first + 100)).containsOnly("chunk");
        assertThat(seen.subList(first + 100, seen.size())).contains("delivery").doesNotContain("chunk");
    }

    private static void broadcastForEver(SimulatedProcess process, Runnable broadcast) {
        process.after(Duration.ofMillis(20), () -> {
            broadcast.run();
            broadcastForEver(process, broadcast);
        });
    }

    // Registration

    @Test
    void aStateIsRegisteredOnceBeforeTheStartUnderASoundName() {
        List<String> refused = new ArrayList<>();
        Load load = process -> {
            GroupMembership membership = process.node().service(GroupMembership.class);
            StateTransfer transfer = new Chunks(1, 1);
            membership.transfer("gone", transfer).cancel();
            membership.transfer("gone", transfer);
            for (String name : List.of("", "x".repeat(65), "gone")) {
                try {
                    membership.transfer(name, transfer);
                } catch (IllegalArgumentException | IllegalStateException e) {
                    refused.add(e.getMessage());
                }
            }
            process.after(Duration.ofSeconds(1), () -> {
                try {
                    membership.transfer("late", transfer);
                } catch (IllegalStateException e) {
                    refused.add(e.getMessage());
                }
            });
            return () -> true;
        };

        run(load, new FaultPlan(), "").runFor(Duration.ofSeconds(3));

        assertThat(refused).hasSize(12);
        assertThat(String.join("\n", refused))
                .contains(
                        "1 to 64 bytes, not 0",
                        "1 to 64 bytes, not 65",
                        "there is a state \"gone\" already",
                        "register it between NodeBuilder.build() and Node.start()");
    }
}
