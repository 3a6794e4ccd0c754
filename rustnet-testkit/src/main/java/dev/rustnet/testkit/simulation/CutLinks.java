package dev.rustnet.testkit.simulation;

import java.util.LinkedHashSet;
import java.util.Set;

/** The links that a plan has cut so far, each in one direction. */
final class CutLinks {
    private record Link(String from, String to) {}

    // State
    private final Set<Link> cut = new LinkedHashSet<>();

    /** That happens now. */
    void follow(Fault fault) {
        if (fault instanceof Fault.Partition partition) {
            cut.addAll(between(partition.some(), partition.others()));
            cut.addAll(between(partition.others(), partition.some()));
        } else if (fault instanceof Fault.OneWay oneWay) {
            cut.addAll(between(oneWay.from(), oneWay.to()));
        } else if (fault instanceof Fault.HealBetween heal) {
            cut.removeAll(between(heal.some(), heal.others()));
            cut.removeAll(between(heal.others(), heal.some()));
        } else if (fault instanceof Fault.Heal) {
            cut.clear();
        }
    }

    /** Whether any is cut. */
    boolean any() {
        return !cut.isEmpty();
    }

    private static Set<Link> between(String from, String to) {
        Set<Link> links = new LinkedHashSet<>();
        for (String one : from.split(",")) {
            for (String other : to.split(",")) {
                links.add(new Link(one, other));
            }
        }
        return links;
    }
}
