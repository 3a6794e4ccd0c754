package dev.rustnet.testkit.simulation;

import java.time.Duration;

/**
 * How the network behaves without any fault.
 *
 * @param minDelay the shortest time that a frame takes
 * @param typicalDelay nine frames of ten take up to this longer than the shortest
 * @param maxDelay one frame of a hundred takes up to this; within a connection, frames keep their order
 * @param unevenLinks whether some links, chosen by the seed, are 4 or 16 times as slow as the others
 * @param writeBufferBytes what may be on its way in one direction of a connection before a frame counts as not left
 * @param shortWrites of all frames, how many do not leave at once although there is room, 0 to 1
 * @param loss of all frames, how many are lost below the link, 0 to 1
 * @param duplication of all frames, how many arrive twice, 0 to 1
 * @param reordering of all frames, how many may overtake, 0 to 1
 */
public record NetworkOptions(
        Duration minDelay,
        Duration typicalDelay,
        Duration maxDelay,
        boolean unevenLinks,
        int writeBufferBytes,
        double shortWrites,
        double loss,
        double duplication,
        double reordering) {
    public NetworkOptions {
        requireShare("shortWrites", shortWrites);
        requireShare("loss", loss);
        requireShare("duplication", duplication);
        requireShare("reordering", reordering);
        if (minDelay.isNegative()
                || typicalDelay.isNegative()
                || maxDelay.compareTo(minDelay) < 0
                || writeBufferBytes < 1) {
            throw new IllegalArgumentException("delays must be 0 <= min <= max, and the write buffer at least 1 byte");
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + share);
        }
    }

    /** A quiet local network: a fraction of a millisecond, buffers of 256 KiB. */
    public static NetworkOptions lan() {
        return new NetworkOptions(
                Duration.ofNanos(50_000),
                Duration.ofNanos(300_000),
                Duration.ofMillis(5),
                false,
                256 * 1024,
                0,
                0,
                0,
                0);
    }

    /** Uneven links, delays up to 200 ms, small write buffers, short writes. */
    public static NetworkOptions rough() {
        return new NetworkOptions(
                Duration.ofNanos(50_000), Duration.ofMillis(2), Duration.ofMillis(200), true, 4 * 1024, 0.1, 0, 0, 0);
    }

    /** As rough, and frames are lost, duplicated and reordered, as datagrams would be. */
    public static NetworkOptions datagrams() {
        return rough().withLoss(0.05).withDuplication(0.05).withReordering(0.2);
    }

    public NetworkOptions withDelays(Duration min, Duration typical, Duration max) {
        return new NetworkOptions(
                min, typical, max, unevenLinks, writeBufferBytes, shortWrites, loss, duplication, reordering);
    }

    public NetworkOptions withWriteBuffer(int bytes) {
        return new NetworkOptions(
                minDelay, typicalDelay, maxDelay, unevenLinks, bytes, shortWrites, loss, duplication, reordering);
    }

    public NetworkOptions withLoss(double share) {
        return new NetworkOptions(
                minDelay,
                typicalDelay,
                maxDelay,
                unevenLinks,
                writeBufferBytes,
                shortWrites,
                share,
                duplication,
                reordering);
    }

    public NetworkOptions withDuplication(double share) {
        return new NetworkOptions(
                minDelay, typicalDelay, maxDelay, unevenLinks, writeBufferBytes, shortWrites, loss, share, reordering);
    }

    public NetworkOptions withReordering(double share) {
        return new NetworkOptions(
                minDelay, typicalDelay, maxDelay, unevenLinks, writeBufferBytes, shortWrites, loss, duplication, share);
    }

    /** The code that makes it. */
    @Override
    public String toString() {
        if (equals(lan())) {
            return "NetworkOptions.lan()";
        } else if (equals(rough())) {
            return "NetworkOptions.rough()";
        } else if (equals(datagrams())) {
            return "NetworkOptions.datagrams()";
        }
        return "new NetworkOptions(" + Code.of(minDelay) + ", " + Code.of(typicalDelay) + ", " + Code.of(maxDelay)
                + ", "
                + unevenLinks + ", " + writeBufferBytes + ", " + shortWrites + ", " + loss + ", " + duplication + ", "
                + reordering + ")";
    }
}
