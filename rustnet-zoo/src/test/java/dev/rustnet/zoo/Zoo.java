package dev.rustnet.zoo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Hunts bugs. */
final class Zoo {
    static final String HOW_TO_RENEW =
            "renew what is known of the zoo with: mvn -pl rustnet-zoo -am -Drustnet.zoo=renew -Dtest=BugZooTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false test";

    private static final int SEEDS = 60;
    private static final long EVENTS_TO_SHRINK = 6_000_000;

    private Zoo() {}

    /**
     * Looks for that bug from the first seed on, and makes the run smaller.
     *
     * @throws AssertionError when no seed finds it, or it breaks something else than it says
     */
    static Found hunt(Bug bug) {
        return hunt(bug, EVENTS_TO_SHRINK);
    }

    /** The same, and leaves the run as large as it is. */
    static Found findAgain(Bug bug) {
        return hunt(bug, 0);
    }

    private static Found hunt(Bug bug, long eventsToShrink) {
        Map<String, String> got = World.with(bug)
                .run(
                        Hunt.class,
                        Map.of(
                                "scenario", bug.scenario().toString(),
                                "seeds", "" + SEEDS,
                                "shrink", "" + eventsToShrink));
        if (!bug.breaks().equals(got.get("breaks"))) {
            throw new AssertionError(bug.name() + ".diff says that it breaks " + bug.breaks() + ", and " + SEEDS
                    + " seeds of " + bug.scenario() + " find " + (got.isEmpty() ? "nothing" : got));
        }
        return new Found(got);
    }

    /**
     * The smaller run as it was, but for its seed, so that it fails again.
     *
     * @throws AssertionError when none of some seeds does
     */
    static Found smallerWithAnotherSeed(Bug bug, Found found) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Found other = found.with("smaller-seed", "" + seed);
            if (again(bug, other, true).get("again").equals(bug.breaks())) {
                return other;
            }
        }
        throw new AssertionError("the smaller run of " + bug.name() + " fails no more: " + HOW_TO_RENEW);
    }

    /** What the seed and the smaller run break that were found: in the world with the bug, or without any. */
    static Map<String, String> again(Bug bug, Found found, boolean withBug) {
        Map<String, String> order = new LinkedHashMap<>(found.texts());
        order.put("scenario", bug.scenario().toString());
        return withBug ? World.with(bug).run(Hunt.class, order) : new Hunt().apply(order);
    }
}
