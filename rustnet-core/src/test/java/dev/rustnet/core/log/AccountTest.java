package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The books on what each process has sent to each other one, balanced to the message. */
class AccountTest {
    private static final String[] STREAMS = {"flood", "point-to-point"};

    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;
    private final int[] broadcasts = new int[MemoryMesh.NAMES.length];
    private final int[][] sends = new int[MemoryMesh.NAMES.length][MemoryMesh.NAMES.length];

    @Test
    void theyBalanceAllTheTimeOverANetworkThatResetsAndSwallows() {
        for (int seed = 1; seed <= 5; seed++) {
            new AccountTest().balance(seed, false);
        }
    }

    @Test
    void theyBalanceWithRelaysToo() {
        for (int seed = 1; seed <= 5; seed++) {
            new AccountTest().balance(seed, true);
        }
    }

    private void balance(int seed, boolean relay) {
        Random random = new Random(seed);
        mesh.relay = relay;
        mesh.start(new BroadcastLogs.Window(1 << 20, 256));
        mesh.network.swallow(frame -> random.nextInt(8) == 0);

        for (int round = 0; round < 300; round++) {
            load(random);
            mesh.run(1 + random.nextInt(20));
            if (random.nextInt(15) == 0) {
                mesh.network.resetAll();
            }
            checkBalance();
        }
        assertThat(total("sent-again")).isPositive();
        mesh.network.swallow(frame -> false);
        mesh.run(30_000);
        checkBalance();

        assertThat(total("in-flight")).isZero();
        assertThat(total("unknown")).isZero();
        for (int from = 0; from < processes.length; from++) {
            for (int to = 0; to < processes.length; to++) {
                assertThat(counter(from, "point-to-point", to, "acknowledged")).isEqualTo(sends[from][to]);
                if (from != to) {
                    long all = relay ? total(broadcasts) - broadcasts[to] : broadcasts[from];
                    assertThat(counter(from, "flood", to, "acknowledged")).isBetween(relay ? 1 : all, all);
                }
                assertThat(MemoryMesh.from(processes[to], processes[from])).hasSize(broadcasts[from]);
            }
        }
    }

    @Test
    void whatIsNotAcknowledgedWhenAMemberIsRemovedIsUnknown() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 256));
        mesh.run(500);
        processes[0].channel.broadcast("arrives");
        mesh.run(500);
        mesh.network.swallow(frame -> true);
        for (int k = 1; k <= 7; k++) {
            processes[0].channel.broadcast("m" + k);
        }
        for (int k = 1; k <= 5; k++) {
            assertThat(processes[0].perfect.trySend(processes[2].self, ByteBuffer.allocate(4)))
                    .isTrue();
        }
        mesh.run(100);
        assertThat(counter(0, "flood", 2, "in-flight")).isEqualTo(7);
        assertThat(counter(0, "point-to-point", 2, "in-flight")).isEqualTo(5);

        mesh.remove(0, 2);

        assertThat(counter(0, "flood", 2, "acknowledged")).isEqualTo(1);
        assertThat(counter(0, "flood", 2, "unknown")).isEqualTo(7);
        assertThat(counter(0, "point-to-point", 2, "unknown")).isEqualTo(5);
        checkBalance();
        mesh.network.swallow(frame -> false);
        mesh.run(10_000);
        checkBalance();
        assertThat(counter(0, "flood", 1, "acknowledged")).isEqualTo(8);
        assertThat(counter(0, "flood", 2, "unknown")).isEqualTo(7);
    }

    private void load(Random random) {
        for (int from = 0; from < processes.length; from++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                if (processes[from].channel.tryBroadcast(new byte[random.nextInt(200)])) {
                    broadcasts[from]++;
                }
                int to = random.nextInt(processes.length);
                if (processes[from].perfect.trySend(processes[to].self, ByteBuffer.allocate(4))) {
                    sends[from][to]++;
                }
            }
        }
    }

    private void checkBalance() {
        for (int from = 0; from < processes.length; from++) {
            for (int to = 0; to < processes.length; to++) {
                for (String stream : STREAMS) {
                    if (from != to || stream.equals("point-to-point")) {
                        assertThat(counter(from, stream, to, "sent"))
                                .isEqualTo(counter(from, stream, to, "acknowledged")
                                        + counter(from, stream, to, "unknown")
                                        + counter(from, stream, to, "in-flight"));
                    }
                }
                assertThat(counter(from, "point-to-point", to, "acknowledged"))
                        .isLessThanOrEqualTo(receivedFrom(from, to));
            }
        }
    }

    private long receivedFrom(int from, int to) {
        String prefix = processes[from].self.name() + ":";
        return processes[to].received.stream()
                .filter(text -> text.startsWith(prefix))
                .count();
    }

    private long counter(int from, String stream, int to, String what) {
        return processes[from].counters.snapshot().get(stream + ".to." + processes[to].self.name() + "." + what);
    }

    private long total(String what) {
        long sum = 0;
        for (MemoryMesh.Member process : processes) {
            for (Map.Entry<String, Long> each : process.counters.snapshot().entrySet()) {
                sum += each.getKey().endsWith("." + what) ? each.getValue() : 0;
            }
        }
        return sum;
    }

    private static long total(int[] numbers) {
        long sum = 0;
        for (int each : numbers) {
            sum += each;
        }
        return sum;
    }
}
