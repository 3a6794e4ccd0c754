package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How the network behaves without any fault.
 *
 * @param minDelay the shortest time that a frame takes
 * @param typicalDelay how much longer than the shortest frames usually take, see {@link Delays}
 * @param maxDelay the longest time that a frame takes; within a connection, frames keep their order
 * @param unevenLinks whether some links, chosen by the seed, are 4 or 16 times as slow as the others
 * @param writeBufferBytes what may be on its way in one direction of a connection before a frame counts as not left
 * @param shortWrites of all frames, how many do not leave at once although there is room, 0 to 1
 * @param loss of all frames, how many are lost below the link, 0 to 1
 * @param duplication of all frames, how many arrive twice, 0 to 1
 * @param reordering of all frames, how many may overtake, 0 to 1
 * @param delays how the delays are distributed
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
        double reordering,
        Delays delays) {
    /** With delays that are mostly typical. */
    public NetworkOptions(
            Duration minDelay,
            Duration typicalDelay,
            Duration maxDelay,
            boolean unevenLinks,
            int writeBufferBytes,
            double shortWrites,
            double loss,
            double duplication,
            double reordering) {
        this(
                minDelay,
                typicalDelay,
                maxDelay,
                unevenLinks,
                writeBufferBytes,
                shortWrites,
                loss,
                duplication,
                reordering,
                Delays.MOSTLY_TYPICAL);
    }

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

    /**
     * Any network, from the seed: fast or slow, even or uneven, with large or tiny buffers; in half of the seeds frames are
     * lost, duplicated and reordered too.
     */
    public static NetworkOptions random(long seed) {
        SplittableRandom random = Seeds.random(seed, "network options");
        Duration min = Duration.ofNanos(1_000 * random.nextLong(1, 1_000));
        // From a quarter of a millisecond to eight: each power of two is as likely as any other.
        Duration typical = Duration.ofNanos(250_000L << random.nextInt(6));
        Duration max = min.plus(typical.multipliedBy(random.nextLong(2, 50)));
        boolean datagrams = random.nextBoolean();
        return new NetworkOptions(
                min,
                typical,
                max,
                random.nextBoolean(),
                1 << random.nextInt(10, 19),
                random.nextInt(4) * 0.05,
                datagrams ? random.nextInt(6) * 0.02 : 0,
                datagrams ? random.nextInt(6) * 0.02 : 0,
                datagrams ? random.nextInt(6) * 0.05 : 0,
                List.of(Delays.values()).get(random.nextInt(Delays.values().length)));
    }

    public NetworkOptions withDelays(Duration min, Duration typical, Duration max) {
        return new NetworkOptions(
                min, typical, max, unevenLinks, writeBufferBytes, shortWrites, loss, duplication, reordering, delays);
    }

    public NetworkOptions withDelays(Delays distribution) {
        return new NetworkOptions(
                minDelay,
                typicalDelay,
                maxDelay,
                unevenLinks,
                writeBufferBytes,
                shortWrites,
                loss,
                duplication,
                reordering,
                distribution);
    }

    public NetworkOptions withWriteBuffer(int bytes) {
        return new NetworkOptions(
                minDelay,
                typicalDelay,
                maxDelay,
                unevenLinks,
                bytes,
                shortWrites,
                loss,
                duplication,
                reordering,
                delays);
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
                reordering,
                delays);
    }

    public NetworkOptions withDuplication(double share) {
        return new NetworkOptions(
                minDelay,
                typicalDelay,
                maxDelay,
                unevenLinks,
                writeBufferBytes,
                shortWrites,
                loss,
                share,
                reordering,
                delays);
    }

    public NetworkOptions withReordering(double share) {
        return new NetworkOptions(
                minDelay,
                typicalDelay,
                maxDelay,
                unevenLinks,
                writeBufferBytes,
                shortWrites,
                loss,
                duplication,
                share,
                delays);
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
                + reordering + ", Delays." + delays + ")";
    }
}
