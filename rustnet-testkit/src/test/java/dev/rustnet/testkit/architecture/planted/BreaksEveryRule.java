package dev.rustnet.testkit.architecture.planted;

import dev.rustnet.core.counters.Counters;
import java.util.Random;

/** A component's class as it must not be. */
final class BreaksEveryRule {
    static int shared;

    final Counters fromTheKernel = new Counters();
    final Random ownRandom = new Random();

    long ownClock() {
        return System.nanoTime();
    }

    void print() {
        System.out.println(shared);
    }
}
