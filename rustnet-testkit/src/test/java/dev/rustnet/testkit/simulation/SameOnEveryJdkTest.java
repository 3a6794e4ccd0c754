package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the simulator makes of fixed seeds, against what it made of them when they were written down: on whichever JDK this
 * runs, it is the same. Whoever changes what is drawn, or in which order, puts the new values here.
 */
class SameOnEveryJdkTest {
    private static final List<String> PROCESSES = List.of("p1", "p2", "p3", "p4");

    private static String hex(long hash) {
        return Long.toHexString(hash);
    }

    @Test
    void plansOfFaults() {
        long hash = 0;
        for (long seed = 1; seed <= 100; seed++) {
            RandomFaults faults = RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(20), 2)
                    .restarts(2)
                    .skews(2);
            FaultPlan plan = faults.plan(seed, PROCESSES)
                    .and(new RandomCrashes(Duration.ofSeconds(1), Duration.ofSeconds(3), 2).plan(seed, PROCESSES));
            hash = Seeds.mix(hash ^ plan.toString().hashCode());
        }

        assertThat(hex(hash)).isEqualTo("4790ab12b2c9393c");
    }

    @Test
    void networks() {
        long hash = 0;
        for (long seed = 1; seed <= 100; seed++) {
            NetworkOptions options = NetworkOptions.random(seed);
            hash = Seeds.mix(
                    hash ^ options.minDelay().toNanos() ^ options.maxDelay().toNanos());
            hash = Seeds.mix(hash ^ Double.doubleToLongBits(options.loss()) ^ options.writeBufferBytes());
            hash = Seeds.mix(hash ^ options.delays().name().hashCode());
        }

        assertThat(hex(hash)).isEqualTo("e099ee79d8fd6b8");
    }

    @ParameterizedTest
    @CsvSource({
        "MOSTLY_TYPICAL, 16c33802c9945e0c",
        "CONSTANT, 6b55f1c635ea34a1",
        "UNIFORM, 4cbb1b28098173c0",
        "EXPONENTIAL, f79a5ea90c04ddfe",
        "HEAVY_TAIL, d2bdf37a64cc4d49",
    })
    void aRunOfTheNetwork(Delays delays, String hash) {
        Trace trace = new Trace(0);
        Scheduler scheduler = new Scheduler(Seeds.of(5, "ties"));
        SimulatedNetwork network = new SimulatedNetwork(
                scheduler, NetworkOptions.datagrams().withDelays(delays), trace, new RunObserver() {}, 5);
        Chatter first = new Chatter(network, scheduler, "first", "second:1");
        new Chatter(network, scheduler, "second", "first:1");
        scheduler.at(Duration.ofSeconds(2).toNanos(), () -> network.reset("first", "second", false));
        scheduler.at(Duration.ofSeconds(3).toNanos(), () -> first.dial("second:1"));
        while (scheduler.nextNanos() < Duration.ofSeconds(6).toNanos()) {
            scheduler.step();
        }

        assertThat(trace.count()).isGreaterThan(500);
        assertThat(hex(trace.hash())).isEqualTo(hash);
    }

    /** Dials the other, and says something on each connection of its own every 20 ms. */
    private static final class Chatter implements ConnectionHandler {
        private static final int MAX_FRAME = 1_000;

        private final SimulatedTransport transport;
        private final Scheduler scheduler;
        private final SplittableRandom random;
        private final Set<Connection> ended = new HashSet<>();

        Chatter(SimulatedNetwork network, Scheduler scheduler, String name, String other) {
            this.scheduler = scheduler;
            this.random = Seeds.random(5, name);
            network.addHost(name);
            transport = new SimulatedTransport(
                    network,
                    name + ":1",
                    MAX_FRAME,
                    Duration.ofSeconds(3),
                    () -> scheduler.after(0, this::poll),
                    () -> {});
            transport.open(this);
            scheduler.after(1_000_000, () -> dial(other));
        }

        private void poll() {
            transport.poll(0);
        }

        void dial(String address) {
            transport.dial(address);
        }

        private void chat(Connection connection) {
            if (ended.contains(connection)) {
                return;
            }
            if (connection.idle()) {
                byte[] bytes = new byte[1 + random.nextInt(200)];
                random.nextBytes(bytes);
                connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 1);
            }
            scheduler.after(20_000_000, () -> chat(connection));
        }

        @Override
        public void accepted(Connection connection) {}

        @Override
        public void opened(Connection connection) {
            chat(connection);
        }

        @Override
        public void dialFailed(Connection connection, DialFailure failure, String detail) {}

        @Override
        public void received(Connection connection, ByteBuffer frame) {}

        @Override
        public void drained(Connection connection) {}

        @Override
        public void closed(Connection connection, Closing closing, String detail) {
            ended.add(connection);
        }
    }
}
