package dev.rustnet.testkit.simulation;

import java.util.SplittableRandom;

/** How long frames take, out of the three delays of {@link NetworkOptions}. The same on every JVM. */
public enum Delays {
    /** Nine of ten take up to the typical delay longer than the shortest, one of a hundred up to the longest. */
    MOSTLY_TYPICAL {
        @Override
        long beyondShortest(SplittableRandom random, long typical, long longest) {
            int tier = random.nextInt(100);
            long span = tier < 90 ? typical : tier < 99 ? Math.min(longest, 4 * typical) : longest;
            return span > 0 ? random.nextLong(span + 1) : 0;
        }
    },
    /** All the same: the shortest and the typical delay together. Nothing overtakes on its way over another process. */
    CONSTANT {
        @Override
        long beyondShortest(SplittableRandom random, long typical, long longest) {
            return typical;
        }
    },
    /** Any delay from the shortest to the longest is as likely as any other. */
    UNIFORM {
        @Override
        long beyondShortest(SplittableRandom random, long typical, long longest) {
            return random.nextLong(longest + 1);
        }
    },
    /** Exponential: the typical delay is the mean of what comes on top of the shortest. */
    EXPONENTIAL {
        @Override
        long beyondShortest(SplittableRandom random, long typical, long longest) {
            return (long) (-StrictMath.log(1 - random.nextDouble()) * typical);
        }
    },
    /** Pareto: most take less than the typical delay longer than the shortest, and a few many times as long. */
    HEAVY_TAIL {
        @Override
        long beyondShortest(SplittableRandom random, long typical, long longest) {
            return (long) ((StrictMath.pow(1 - random.nextDouble(), -1 / TAIL) - 1) * typical);
        }
    };

    /** Between 1 and 2: a mean, and no variance. */
    private static final double TAIL = 1.2;

    /** @param longest the longest delay, less the shortest */
    abstract long beyondShortest(SplittableRandom random, long typical, long longest);

    long nanos(SplittableRandom random, NetworkOptions options) {
        long shortest = options.minDelay().toNanos();
        long longest = options.maxDelay().toNanos() - shortest;
        long typical = options.typicalDelay().toNanos();
        long beyond = beyondShortest(random, typical, longest);
        return shortest + (this == MOSTLY_TYPICAL ? beyond : Math.min(beyond, longest));
    }
}
