package dev.rustnet.bench.work;

import dev.rustnet.bench.member.MemberProcess;
import dev.rustnet.bench.member.Role;
import dev.rustnet.bench.member.Sample;
import dev.rustnet.bench.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One launch: a fresh JVM for each member, all started at once. Ends with {@link #close}. */
final class GroupUnderTest implements AutoCloseable {
    private final Launch launch;
    private final List<Integer> ports;
    private final List<JavaProcess> members = new ArrayList<>();
    private final long startedNanos;
    private long joinedNanos;

    private GroupUnderTest(Launch launch) {
        this.launch = launch;
        ports = freePorts(launch.members());
        startedNanos = System.nanoTime();
        for (int rank = 0; rank < launch.members(); rank++) {
            members.add(start(rank, false));
        }
    }

    private JavaProcess start(int rank, boolean late) {
        var role = new Role(
                launch.contender(),
                rank,
                launch.senders(),
                launch.messageLength(),
                launch.checksum(),
                launch.timed(),
                late,
                launch.contender().yardstick() ? Map.of() : launch.settings(),
                ports);
        return JavaProcess.start(MemberProcess.class, launch.jvmOptions(), role.arguments());
    }

    /** Starts the member of that rank, which has ended, once more: in mid-stream. Does not wait until it has joined. */
    JavaProcess startAgain(int rank) {
        members.get(rank).close();
        JavaProcess again = start(rank, true);
        members.set(rank, again);
        return again;
    }

    /** Returns when all members have joined. */
    static GroupUnderTest start(Launch launch) {
        var group = new GroupUnderTest(launch);
        try {
            for (JavaProcess member : group.members) {
                group.joinedNanos = Math.max(group.joinedNanos, Long.parseLong(member.hear("joined")));
            }
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    /** From the start of the first JVM until the last member had joined. */
    long formationNanos() {
        return joinedNanos - startedNanos;
    }

    List<JavaProcess> members() {
        return members;
    }

    void sayToSenders(int senders, String line) {
        members.subList(0, senders).forEach(member -> member.say(line));
    }

    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        members.forEach(member -> samples.add(Sample.parse("sample " + member.ask("sample"))));
        return samples;
    }

    @Override
    public void close() {
        members.forEach(JavaProcess::close);
    }

    /** Ports of the loopback interface that nobody has at this moment. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
