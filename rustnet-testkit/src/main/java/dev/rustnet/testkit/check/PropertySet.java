package dev.rustnet.testkit.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The properties of one guarantee.
 *
 * @param name the guarantee in kebab-case, as the component that gives it is called
 */
public record PropertySet(String name, List<Property> properties) {
    public static final PropertySet PERFECT_LINKS = of("perfect-links", Property.PL1, Property.PL2, Property.PL3);

    public static final PropertySet PERFECT_FAILURE_DETECTOR =
            of("perfect-failure-detector", Property.PFD1, Property.PFD2);

    public static final PropertySet FAILURE_DETECTOR = of("failure-detector", Property.EPFD1, Property.EPFD2);

    public static final PropertySet BEST_EFFORT_BROADCAST =
            of("best-effort-broadcast", Property.BEB1, Property.BEB2, Property.BEB3, Property.FRB5);

    public static final PropertySet RELIABLE_BROADCAST =
            of("reliable-broadcast", Property.RB1, Property.RB2, Property.RB3, Property.RB4, Property.FRB5);

    public static final PropertySet UNIFORM_RELIABLE_BROADCAST =
            of("uniform-reliable-broadcast", Property.URB1, Property.URB2, Property.URB3, Property.URB4, Property.FRB5);

    /** Causal order over reliable broadcast. */
    public static final PropertySet CAUSAL_BROADCAST = of(
            "causal-broadcast", Property.RB1, Property.RB2, Property.RB3, Property.RB4, Property.FRB5, Property.CRB5);

    /** Causal order over uniform reliable broadcast. */
    public static final PropertySet UNIFORM_CAUSAL_BROADCAST = of(
            "uniform-causal-broadcast",
            Property.URB1,
            Property.URB2,
            Property.URB3,
            Property.URB4,
            Property.FRB5,
            Property.CRB5);

    public static final PropertySet TOTAL_ORDER_BROADCAST =
            of("total-order-broadcast", Property.RB1, Property.RB2, Property.RB3, Property.RB4, Property.TOB5);

    public static final PropertySet UNIFORM_TOTAL_ORDER_BROADCAST = of(
            "uniform-total-order-broadcast",
            Property.URB1,
            Property.URB2,
            Property.URB3,
            Property.URB4,
            Property.UTOB5);

    /** One sequence of views. */
    public static final PropertySet GROUP_MEMBERSHIP = of("group-membership", Property.GM1, Property.GM2);

    /** One sequence of views, and the same deliveries in each of them. */
    public static final PropertySet VIEW_SYNCHRONY = of("view-synchrony", Property.GM1, Property.GM2, Property.VS);

    private static final List<PropertySet> ALL = List.of(
            PERFECT_LINKS,
            PERFECT_FAILURE_DETECTOR,
            FAILURE_DETECTOR,
            BEST_EFFORT_BROADCAST,
            RELIABLE_BROADCAST,
            UNIFORM_RELIABLE_BROADCAST,
            CAUSAL_BROADCAST,
            UNIFORM_CAUSAL_BROADCAST,
            TOTAL_ORDER_BROADCAST,
            UNIFORM_TOTAL_ORDER_BROADCAST,
            GROUP_MEMBERSHIP,
            VIEW_SYNCHRONY);

    public PropertySet {
        properties = List.copyOf(properties);
    }

    /** A set of one's own. */
    public static PropertySet of(String name, Property... properties) {
        return new PropertySet(name, List.of(properties));
    }

    /** All that have a name here. */
    public static List<PropertySet> all() {
        return ALL;
    }

    /**
     * The set of that name, such as {@code uniform-reliable-broadcast}.
     *
     * @throws IllegalArgumentException when there is none; the message lists all
     */
    public static PropertySet named(String name) {
        return ALL.stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no guarantee is called \"" + name + "\"; there are "
                        + ALL.stream().map(PropertySet::name).collect(Collectors.joining(", "))));
    }

    /** Whether it speaks of broadcasts, so that a run without any proves nothing. */
    boolean aboutBroadcasts() {
        return properties.stream()
                .anyMatch(property -> !property.name().startsWith("PL")
                        && !property.name().startsWith("PFD")
                        && !property.name().startsWith("EPFD")
                        && !property.name().startsWith("GM"));
    }

    /**
     * What must hold besides when views change: the views are one sequence; and whoever agrees on deliveries agrees on
     * those of each view. Best-effort broadcast is not bound to views.
     */
    List<Property> whenViewsChange() {
        PropertySet besides = properties.contains(Property.RB4) || properties.contains(Property.URB4)
                ? VIEW_SYNCHRONY
                : GROUP_MEMBERSHIP;
        return besides.properties.stream()
                .filter(property -> !properties.contains(property))
                .toList();
    }
}
