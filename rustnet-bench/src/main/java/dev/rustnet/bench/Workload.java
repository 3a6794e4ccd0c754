package dev.rustnet.bench;

import java.util.List;

/**
 * What is measured.
 *
 * @param nodes how many, each in a JVM of its own
 * @param senders how many of them send, flat out
 * @param payloadBytes of each message
 * @param warmUpSeconds before anything counts
 * @param seconds that count
 */
record Workload(int nodes, int senders, int payloadBytes, int warmUpSeconds, int seconds) {
    static final List<String> JVM_OPTIONS =
            List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-XX:MaxDirectMemorySize=1g");

    @Override
    public String toString() {
        return nodes + " nodes, " + senders + (senders == 1 ? " sender, " : " senders, ") + payloadBytes + " B";
    }
}
