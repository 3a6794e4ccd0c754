package dev.rustnet.launcher.simulate;

import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.launcher.process.Guarantee;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import dev.rustnet.testkit.check.PropertySet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is simulated: a guarantee, whoever gives it, or a component, somebody else's as well.
 *
 * @param name as it was written on the command line
 * @param load the broadcast that carries the messages: the component's own, if it is one
 * @param properties whose properties it is judged by
 * @param settings that make the component start, and give that broadcast where several do
 */
record Subject(String name, Guarantee load, PropertySet properties, Map<String, String> settings) {
    private static final String SUFFIX = "-broadcast";
    private static final String DETECTOR = "failure-detector";

    /**
     * Finds it.
     *
     * @param wanted a guarantee such as {@code reliable}, with or without "-broadcast", or the name of a component on the
     *     class path
     * @throws IllegalArgumentException when there is neither; the message lists what there is
     */
    static Subject find(String wanted, Map<String, String> given) {
        String name = wanted.endsWith(SUFFIX) ? wanted.substring(0, wanted.length() - SUFFIX.length()) : wanted;
        for (Guarantee guarantee : Guarantee.values()) {
            if (guarantee.toString().equals(name)) {
                return new Subject(wanted, guarantee, PropertySet.named(name + SUFFIX), Map.of());
            }
        }
        List<String> components = components();
        if (!components.contains(wanted)) {
            throw new IllegalArgumentException("\"" + wanted + "\" is neither a guarantee ("
                    + Arrays.stream(Guarantee.values()).map(Guarantee::toString).collect(Collectors.joining(", "))
                    + ") nor a component that was found (" + String.join(", ", components)
                    + "). Jars of other components belong into plugins/.");
        }
        return component(wanted, given);
    }

    private static Subject component(String wanted, Map<String, String> given) {
        Map<String, String> enabled = new LinkedHashMap<>();
        enabled.put("rustnet.components." + wanted + ".enabled", "true");
        for (Guarantee guarantee : Guarantee.values()) {
            Map<String, String> chosen = new LinkedHashMap<>(enabled);
            chosen.put("rustnet.services." + guarantee + SUFFIX, wanted);
            if (provides(wanted, guarantee, chosen, given)) {
                return new Subject(wanted, guarantee, PropertySet.named(guarantee + SUFFIX), chosen);
            }
        }
        PropertySet properties = PropertySet.UNIFORM_RELIABLE_BROADCAST;
        if (wanted.equals(DETECTOR)) {
            boolean perfect = "true".equals(given.get("rustnet.components.failure-detector.assume-synchrony"));
            properties = perfect ? PropertySet.PERFECT_FAILURE_DETECTOR : PropertySet.FAILURE_DETECTOR;
        }
        return new Subject(wanted, Guarantee.UNIFORM_RELIABLE, properties, enabled);
    }

    private static boolean provides(
            String wanted, Guarantee guarantee, Map<String, String> chosen, Map<String, String> given) {
        try {
            Map<String, String> settings = new LinkedHashMap<>(chosen);
            settings.putAll(given);
            return plan(settings).order().stream()
                    .filter(step -> step.name().equals(wanted))
                    .anyMatch(
                            step -> step.provides().contains(guarantee.service().getSimpleName()));
        } catch (StartException e) {
            return false; // It does not provide that service, and cannot be chosen for it.
        }
    }

    /** The names of all components on the class path. */
    private static List<String> components() {
        StartPlan plan = plan(Map.of());
        return Stream.concat(
                        plan.order().stream().map(StartPlan.Step::name),
                        plan.left().stream().map(StartPlan.Left::name))
                .sorted()
                .toList();
    }

    private static StartPlan plan(Map<String, String> settings) {
        NodeBuilder builder = Node.builder("p1").bind("127.0.0.1:0").peers("p1@127.0.0.1:1");
        settings.forEach(builder::set);
        return builder.plan();
    }

    /** What a page or a report calls it. */
    String title() {
        boolean guarantee = settings.isEmpty();
        String words = guarantee ? load.toString().replace('-', ' ') + " broadcast" : name;
        return guarantee ? Character.toUpperCase(words.charAt(0)) + words.substring(1) : words;
    }

    /** What is assumed and is not the case in a run with so many crashes, if anything. */
    Optional<String> brokenAssumption(int processes, int crashes, Map<String, String> given) {
        boolean majority = load == Guarantee.UNIFORM_RELIABLE && !given.containsValue("all");
        if (majority && 2 * crashes >= processes && processes - crashes >= 2) {
            return Optional.of(
                    crashes + " of " + processes + " processes crash, and uniform reliable broadcast assumes that"
                            + " fewer than half do: it then waits rather than break agreement, so that validity cannot hold. Any"
                            + " number may crash with --set rustnet.components.failure-detector.assume-synchrony=true"
                            + " --set rustnet.components.uniform-reliable-broadcast.commit=all");
        }
        if (processes - crashes < 2) {
            return Optional.of("fewer than two processes are correct: then nothing can be said of agreement");
        }
        return Optional.empty();
    }
}
