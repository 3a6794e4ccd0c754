package dev.rustnet.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a node has done up to a moment.
 *
 * @param messages delivered
 * @param nanos its own monotonic clock
 * @param cpuNanos processor time of the whole process
 * @param allocatedBytes by the threads that are alive
 */
record Sample(long messages, long nanos, long cpuNanos, long allocatedBytes) {
    private static final String WORD = "sample";
    private static final double NANOS_PER_SECOND = 1e9;

    /** That of this process, now. */
    static Sample of(long messages) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Sample(messages, System.nanoTime(), system.getProcessCpuTime(), allocated);
    }

    static Sample parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 5 || !words[0].equals(WORD)) {
            throw new IllegalStateException("a node answered \"" + line + "\" instead of a sample");
        }
        return new Sample(
                Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
    }

    /** Messages per second from {@code earlier} to this. */
    double rateSince(Sample earlier) {
        return (messages - earlier.messages) * NANOS_PER_SECOND / (nanos - earlier.nanos);
    }

    @Override
    public String toString() {
        return WORD + " " + messages + " " + nanos + " " + cpuNanos + " " + allocatedBytes;
    }
}
