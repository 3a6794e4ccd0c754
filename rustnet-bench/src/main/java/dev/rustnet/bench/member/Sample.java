package dev.rustnet.bench.member;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a member has done and used up to a moment.
 *
 * @param messages delivered
 * @param wrong messages that were not the next ones of their senders, or not whole
 * @param nanos the machine's monotonic clock
 * @param cpuNanos processor time of the whole process
 * @param allocatedBytes on the heap, by the threads that are alive
 * @param switches context switches of the threads that are alive; 0 where the system does not tell
 * @param residentBytes of the process; 0 where the system does not tell
 * @param controlBytes written to the network that belong to no message; 0 where nobody counts
 * @param writtenBytes written to the network; 0 where nobody counts
 */
public record Sample(
        long messages,
        long wrong,
        long nanos,
        long cpuNanos,
        long allocatedBytes,
        long switches,
        long residentBytes,
        long controlBytes,
        long writtenBytes) {
    private static final String WORD = "sample";
    private static final Path PROCESS = Path.of("/proc/self");
    private static final double NANOS_PER_SECOND = 1e9;

    static Sample now(Deliveries deliveries, Member.Overhead overhead) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Sample(
                deliveries.count(),
                deliveries.wrong(),
                System.nanoTime(),
                system.getProcessCpuTime(),
                allocated,
                contextSwitches(),
                1024 * status(PROCESS, "VmRSS:"),
                overhead.control(),
                overhead.all());
    }

    private static long contextSwitches() {
        long sum = 0;
        Path tasks = PROCESS.resolve("task");
        if (Files.isDirectory(tasks)) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
                for (Path thread : threads) {
                    sum += status(thread, "voluntary_ctxt_switches:") + status(thread, "nonvoluntary_ctxt_switches:");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sum;
    }

    private static long status(Path of, String field) {
        Path file = of.resolve("status");
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(field)) {
                    return Long.parseLong(
                            line.substring(field.length()).replace("kB", "").trim());
                }
            }
        } catch (NoSuchFileException e) {
            return 0; // The thread has just ended.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return 0;
    }

    /** Reads what {@link #toString} wrote. */
    public static Sample parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 10 || !words[0].equals(WORD)) {
            throw new IllegalStateException("a member answered \"" + line + "\" instead of a sample");
        }
        long[] values = new long[9];
        for (int i = 0; i < values.length; i++) {
            values[i] = Long.parseLong(words[i + 1]);
        }
        return new Sample(
                values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8]);
    }

    /** Messages per second from {@code earlier} to this. */
    public double rateSince(Sample earlier) {
        return (messages - earlier.messages) * NANOS_PER_SECOND / (nanos - earlier.nanos);
    }

    /** Processor cores in use from {@code earlier} to this. */
    public double coresSince(Sample earlier) {
        return (double) (cpuNanos - earlier.cpuNanos) / (nanos - earlier.nanos);
    }

    @Override
    public String toString() {
        return WORD + " " + messages + " " + wrong + " " + nanos + " " + cpuNanos + " " + allocatedBytes + " "
                + switches + " " + residentBytes + " " + controlBytes + " " + writtenBytes;
    }
}
