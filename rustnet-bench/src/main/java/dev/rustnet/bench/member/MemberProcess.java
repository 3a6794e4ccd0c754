package dev.rustnet.bench.member;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The program of one member: joins, says {@code joined}, and does what lines on standard input say.
 *
 * <ul>
 *   <li>{@code flood}: broadcast without an end;
 *   <li>{@code pace N}: broadcast so many messages a second, without an end;
 *   <li>{@code sample}: answer what was done so far;
 *   <li>{@code watch}: from now on, take note of when nothing is delivered; {@code gaps}: answer that;
 *   <li>{@code leave}: say {@code leaving} with the moment, stop in good order, and end;
 *   <li>{@code forget}: forget the latencies so far; {@code latencies}: answer those since.
 * </ul>
 *
 * When views change, it says so: {@code stopped} and {@code view}, each with the moment. When another member is gone it says {@code lost} with the moment at which it knew. It ends with its standard input, so
 * that no process is left behind.
 */
public final class MemberProcess {
    // Injected
    private final Role role;
    private final Deliveries deliveries;
    private final Member member;

    private MemberProcess(Role role) throws Exception {
        this.role = role;
        deliveries = new Deliveries(
                role.rank(), role.senders(), role.messageLength(), role.checksum(), role.timed(), role.late());
        member = role.contender().member(role, deliveries);
        member.onLoss(() -> say("lost " + System.nanoTime()));
        member.onViews(MemberProcess::say);
    }

    /** @param arguments those of a {@link Role} */
    public static void main(String[] arguments) throws Exception {
        var process = new MemberProcess(Role.parse(arguments));
        process.member.join();
        say("joined " + System.nanoTime());
        process.serve();
        System.exit(0);
    }

    private void serve() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "flood" -> member.flood(messages());
                case "pace" -> pace(Integer.parseInt(words[1]));
                case "sample" -> say(Sample.now(deliveries, member.overhead()).toString());
                case "watch" -> deliveries.watch(new Gaps());
                case "gaps" -> say("gaps " + deliveries.gaps());
                case "leave" -> {
                    say("leaving " + System.nanoTime());
                    member.close();
                    return;
                }
                case "forget" -> deliveries.latencies().reset();
                case "latencies" -> say("latencies " + encoded(deliveries.latencies()));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private Messages messages() {
        return new Messages(role.rank(), role.messageLength(), role.checksum());
    }

    /** What came late does not make the next ones late: the moments are fixed, and a message carries its real one. */
    private void pace(int perSecond) {
        long gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        var sender = new Thread(
                () -> {
                    Messages messages = messages();
                    for (long due = System.nanoTime(); ; due += gapNanos) {
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        try {
                            member.broadcast(messages.next());
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                },
                "pace");
        sender.setDaemon(true);
        sender.start();
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
