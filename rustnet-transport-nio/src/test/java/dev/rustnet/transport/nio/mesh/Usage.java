package dev.rustnet.transport.nio.mesh;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What this JVM has open at a moment.
 *
 * @param threads the names of those that are alive
 * @param descriptors how many files and sockets
 */
record Usage(List<String> threads, long descriptors) {
    static Usage now() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        Assumptions.assumeTrue(system instanceof UnixOperatingSystemMXBean, "descriptors cannot be counted here");
        var threads = ManagementFactory.getThreadMXBean();
        return new Usage(
                Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(each -> each != null)
                        .map(ThreadInfo::getThreadName)
                        .sorted()
                        .toList(),
                ((UnixOperatingSystemMXBean) system).getOpenFileDescriptorCount());
    }

    /** Waits until no more is open than this: what closes may take a moment for it. */
    void awaitAgain() {
        Await.until(
                "threads and descriptors are as before",
                () -> {
                    Usage now = now();
                    return now.threads.size() <= threads.size() && now.descriptors <= descriptors;
                },
                () -> "before " + this + "\nnow " + now());
    }
}
