package dev.rustnet.plugins.groupmembership;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.ReplicatedState;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whole nodes whose state is handed to those that join, under load, each scenario over many seeds. */
class StateTransferSimulationTest {
    private static final int SEEDS =
            Boolean.getBoolean("rustnet.endurance") ? 1_000 : Integer.getInteger("rustnet.seeds", 12);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final String CONFIG = """
            rustnet.services.group-membership = group-membership
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
            rustnet.components.group-membership.join-timeout = 10s
            """;

    private record Scenario(ReplicatedState state, Simulation run) {
        List<Integer> alive() {
            return run.processes().stream()
                    .filter(process -> process.state() == SimulatedProcess.State.RUNNING)
                    .map(SimulatedProcess::number)
                    .toList();
        }

        /** What is wrong once all has come to rest, {@code size} processes run, and so many at least have taken a state. */
        List<String> problems(int size, long taken) {
            boolean rested = run.runUntilQuiet(REST, DEADLINE);
            List<String> problems = new ArrayList<>(state.problems(alive()));
            if (!rested) {
                problems.add("the run did not come to rest");
            }
            if (alive().size() != size) {
                problems.add("of " + size + " processes there are " + alive());
            }
            if (state.taken() < taken) {
                problems.add(state.taken() + " processes have taken the state, not " + taken);
            }
            run.processes().forEach(process -> {
                int members =
                        process.node().service(GroupMembership.class).view().size();
                if (members != size) {
                    problems.add(process.number() + " is in a view of " + members);
                }
            });
            return problems;
        }
    }

    private static NetworkOptions network(long seed) {
        return List.of(NetworkOptions.lan(), NetworkOptions.rough(), NetworkOptions.datagrams())
                .get((int) (seed % 3));
    }

    private static Scenario scenario(int size, long seed, Supplier<NetComponent> membership, FaultPlan faults) {
        return scenario(size, seed, membership, faults, 3_000);
    }

    /** @param chunkBytes of each of some hundred deliveries that are the state */
    private static Scenario scenario(
            int size, long seed, Supplier<NetComponent> membership, FaultPlan faults, int chunkBytes) {
        return scenario(size, seed, membership, faults, chunkBytes, process -> () -> true);
    }

    private static Scenario scenario(
            int size, long seed, Supplier<NetComponent> membership, FaultPlan faults, int chunkBytes, Load besides) {
        ReplicatedState state = new ReplicatedState(
                List.of(UniformReliableBroadcast.class, ReliableBroadcast.class),
                120,
                Duration.ofMillis(100),
                chunkBytes);
        return new Scenario(
                state,
                Simulation.of(size)
                        .seed(seed)
                        .network(network(seed))
                        .components(() -> List.of(
                                new FailureDetectorComponent(),
                                membership.get(),
                                new ReliableBroadcastComponent(),
                                new UniformReliableBroadcastComponent()))
                        .config(CONFIG)
                        .load(state)
                        .load(besides)
                        .faults(faults)
                        .mayStop()
                        .build());
    }

    /** @return how many times a part of the state was thrown away, in all runs */
    private static int mustHold(LongFunction<Scenario> scenario, int size, LongUnaryOperator taken) {
        int abandoned = 0;
        long only = Long.getLong("rustnet.seed", 0);
        for (long seed = only == 0 ? 1 : only; seed <= (only == 0 ? SEEDS : only); seed++) {
            Scenario judged = scenario.apply(seed);
            List<String> problems = judged.problems(size, taken.applyAsLong(seed));
            abandoned += judged.state().abandoned();
            if (!problems.isEmpty()) {
                StringBuilder logs = new StringBuilder();
                judged.run().processes().forEach(process -> process.log().forEach(line -> logs.append('\n')
                        .append(process.name())
                        .append("  ")
                        .append(line)));
                throw new AssertionError(
                        String.join("\n", problems) + logs + "\n" + judged.run().report());
            }
        }
        return abandoned;
    }

    /** The weaker protocol is found out. */
    private static void mustFail(LongFunction<Scenario> twin) {
        for (long seed = 1; seed <= 10L * SEEDS; seed++) {
            Scenario judged = twin.apply(seed);
            judged.run().runUntilQuiet(REST, DEADLINE);
            if (!judged.state().problems(judged.alive()).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the weaker protocol passed with every seed: this scenario proves nothing");
    }

    // Joiners

    private static FaultPlan oneRestarts(long seed) {
        return new FaultPlan()
                .at(6_000, MILLISECONDS)
                .crash("p2")
                .at(6_001 + seed * 41 % 1_500, MILLISECONDS)
                .restart("p2");
    }

    @Test
    void aRestartedProcessHasTheStateAtTheCut() {
        mustHold(seed -> scenario(4, seed, GroupMembershipComponent::new, oneRestarts(seed)), 4, seed -> 1);
    }

    @Test
    void aStateThatIsWrittenBeforeTheCutIsDeliveredIsFoundOut() {
        mustFail(seed -> scenario(4, seed, WeakMemberships::writesTheStateAtTheStop, oneRestarts(seed)));
    }

    @Test
    void aJoinerThatDoesNotWaitForTheStateIsFoundOut() {
        mustFail(seed -> scenario(4, seed, WeakMemberships::joinsBeforeTheStateIsThere, oneRestarts(seed)));
    }

    @Test
    void membersThatGoOnWhileTheStateIsSentAreFoundOut() {
        mustFail(seed -> scenario(4, seed, WeakMemberships::goesOnWhileTheStateIsSent, oneRestarts(seed)));
    }

    @Test
    void whoIsTooLateForTheFirstViewIsGivenTheStateToo() {
        mustHold(
                seed -> scenario(
                        5,
                        seed,
                        GroupMembershipComponent::new,
                        new FaultPlan()
                                .at(0, MILLISECONDS)
                                .partition("p1", "p2,p3,p4,p5")
                                .at(14_000 + seed * 331 % 4_000, MILLISECONDS)
                                .heal()),
                5,
                seed -> 1);
    }

    @Test
    void twoThatJoinAtOnceBothHaveIt() {
        mustHold(
                seed -> scenario(
                        5,
                        seed,
                        GroupMembershipComponent::new,
                        new FaultPlan()
                                .at(6_000, MILLISECONDS)
                                .crash("p2")
                                .at(6_000, MILLISECONDS)
                                .crash("p4")
                                .at(8_000 + seed * 7 % 300, MILLISECONDS)
                                .restart("p2")
                                .at(8_000 + seed * 11 % 300, MILLISECONDS)
                                .restart("p4")),
                5,
                seed -> 2);
    }

    /** Two of three leave; the last is alone in its view, and gives both the state when they come back. */
    @Test
    void aGroupOfOneMemberGivesItToTheOthers() {
        mustHold(
                seed -> scenario(
                        3,
                        3 * seed, // a quiet network: leaving takes less than shutdown-timeout, and the last has
                        // the majority
                        GroupMembershipComponent::new,
                        new FaultPlan()
                                .at(30, SECONDS)
                                .restart("p2")
                                .at(30_000 + seed * 29 % 3_000, MILLISECONDS)
                                .restart("p3"),
                        3_000,
                        process -> {
                            if (process.number() == 2 || process.number() == 3) {
                                process.after(Duration.ofSeconds(2L * process.number()), () -> process.node()
                                        .execute(process.node()::close));
                            }
                            return () -> true;
                        }),
                3,
                seed -> 2);
    }

    @Test
    void allFourAreRestartedOneAfterTheOther() {
        mustHold(
                seed -> {
                    FaultPlan rolling = new FaultPlan();
                    for (int i = 1; i <= 4; i++) {
                        rolling.at(20L * i, SECONDS).crash("p" + i);
                        rolling.at(20_000L * i + 1 + seed * 97 % 5_000, MILLISECONDS)
                                .restart("p" + i);
                    }
                    return scenario(4, seed, GroupMembershipComponent::new, rolling);
                },
                4,
                seed -> 4);
    }

    // Deaths in it

    @Test
    void aJoinerThatDiesInItHarmsNobodyAndItsNextIncarnationHasTheState() {
        mustHold(
                seed -> scenario(
                        4,
                        seed,
                        GroupMembershipComponent::new,
                        oneRestarts(seed)
                                .at(8_600, MILLISECONDS)
                                .crashAfterSends("p2", (int) (1 + seed * 7 % 40))
                                .at(30, SECONDS)
                                .restart("p2")),
                4,
                seed -> 1);
    }

    @Test
    void aMemberThatDiesWhileItSendsTheStateIsReplacedByTheNext() {
        int abandoned = mustHold(
                seed -> scenario(
                        5,
                        seed,
                        GroupMembershipComponent::new,
                        oneRestarts(seed)
                                .at(8_300, MILLISECONDS)
                                .crashAfterSends("p1", (int) (1 + seed * 13 % 160))
                                .at(90, SECONDS)
                                .restart("p1"),
                        6_000),
                5,
                seed -> 2);

        assertThat(abandoned).as("parts of a state that were thrown away").isPositive();
    }

    @Test
    void aMemberThatPausesWhileItSendsTheStateIsReplacedOrGoesOn() {
        int abandoned = mustHold(
                seed -> scenario(
                        4,
                        seed,
                        GroupMembershipComponent::new,
                        oneRestarts(seed)
                                .at(8_400 + seed * 31 % 600, MILLISECONDS)
                                .pause("p1")
                                .lasting(4, SECONDS),
                        6_000),
                4,
                seed -> 1);

        assertThat(abandoned).as("parts of a state that were thrown away").isPositive();
    }
}
