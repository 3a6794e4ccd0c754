package dev.rustnet.testkit.simulation;

import java.util.SplittableRandom;

/** Independent seeds for each purpose, out of the one seed of a run. */
final class Seeds {
    private Seeds() {}

    static long of(long seed, String purpose) {
        long mixed = seed;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mix(mixed ^ purpose.charAt(i));
        }
        return mix(mixed);
    }

    static SplittableRandom random(long seed, String purpose) {
        return new SplittableRandom(of(seed, purpose));
    }

    /** The finaliser of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
