package dev.rustnet.testkit.diagram;

import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.check.Verdict.Outcome;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What in a diagram shows that a property is violated, by what the verdict's words name.
 *
 * @param messages that the words name, such as {@code p1#3}
 * @param points that have a part in it
 * @param missing what should have happened and did not
 */
record Evidence(List<String> messages, List<Point> points, List<Missing> missing) {
    /** @param process the rank of the process at which it did not happen */
    record Missing(int process, String text) {}

    private static final Pattern MESSAGE = Pattern.compile("[\\w./:-]+#\\d+");
    private static final Pattern WORD = Pattern.compile("[\\w./:-]+");
    private static final int MOST_POINTS = 200;

    private static final Set<Property> OF_DETECTION =
            EnumSet.of(Property.PFD1, Property.PFD2, Property.EPFD1, Property.EPFD2);

    private static final Set<Property> OF_DELIVERY_MISSED = EnumSet.of(
            Property.BEB1, Property.RB1, Property.URB1, Property.RB4, Property.URB4, Property.FRB5, Property.CRB5);

    static Evidence of(Verdict verdict, SpaceTime diagram) {
        if (verdict.outcome() != Outcome.VIOLATED) {
            return new Evidence(List.of(), List.of(), List.of());
        }
        String words = verdict.words();
        List<String> messages = all(MESSAGE, words);
        Set<Integer> ranks = new HashSet<>();
        for (String word : all(WORD, MESSAGE.matcher(words).replaceAll(""))) {
            int rank = diagram.processes().indexOf(word.replaceAll("/\\d+$", ""));
            if (rank >= 0) {
                ranks.add(rank);
            }
        }
        List<Point> points = new ArrayList<>();
        Map<String, Set<Integer>> delivered = new HashMap<>();
        for (Point point : diagram.points()) {
            if (messages.contains(point.message())) {
                if (point.kind() == PointKind.DELIVER) {
                    delivered
                            .computeIfAbsent(point.message(), message -> new HashSet<>())
                            .add(point.process());
                }
                if (point.kind() == PointKind.BROADCAST || ranks.contains(point.process())) {
                    points.add(point);
                }
            } else if (point.kind() == PointKind.CRASH
                    && isSender(diagram.processes().get(point.process()), messages)) {
                points.add(point);
            } else if (OF_DETECTION.contains(verdict.property())
                    && ranks.contains(point.process())
                    && ofDetection(point, words)) {
                points.add(point);
            }
        }
        return new Evidence(
                messages,
                points.size() > MOST_POINTS ? points.subList(0, MOST_POINTS) : points,
                missing(verdict.property(), messages, ranks, delivered, diagram));
    }

    /** That the sender crashed belongs to the story of its message. */
    private static boolean isSender(String process, List<String> messages) {
        return messages.stream()
                .anyMatch(message -> message.replaceAll("(/\\d+)?#\\d+$", "").equals(process));
    }

    /** Crashes of the processes named; suspicions when they are of somebody who is named. */
    private static boolean ofDetection(Point point, String words) {
        return switch (point.kind()) {
            case CRASH, END -> words.contains("crash");
            case SUSPECT, RESTORE ->
                all(WORD, words).stream()
                        .anyMatch(word -> point.text().contains(" suspects " + word)
                                || point.text().contains(" trusts " + word + " ")
                                || point.text().endsWith(" the crash of " + word));
            default -> false;
        };
    }

    private static List<Missing> missing(
            Property property,
            List<String> messages,
            Set<Integer> ranks,
            Map<String, Set<Integer>> delivered,
            SpaceTime diagram) {
        List<Missing> missing = new ArrayList<>();
        if (OF_DELIVERY_MISSED.contains(property)) {
            for (String message : messages) {
                Set<Integer> have = delivered.getOrDefault(message, Set.of());
                String sender = message.replaceAll("(/\\d+)?#\\d+$", "");
                ranks.stream()
                        .filter(rank -> !have.contains(rank))
                        // Who broadcast it is named for that, where the property does not ask for its own delivery.
                        .filter(rank -> property != Property.BEB1
                                || !diagram.processes().get(rank).equals(sender))
                        .forEach(rank -> missing.add(new Missing(rank, "never delivers " + message)));
            }
        }
        if (property == Property.PFD1 || property == Property.EPFD1) {
            Optional<String> crashed = diagram.points().stream()
                    .filter(point -> point.kind() == PointKind.CRASH || point.kind() == PointKind.END)
                    .filter(point -> ranks.contains(point.process()))
                    .map(point -> diagram.processes().get(point.process()))
                    .findFirst();
            crashed.ifPresent(name -> ranks.stream()
                    .filter(rank -> !diagram.processes().get(rank).equals(name))
                    .forEach(rank -> missing.add(new Missing(rank, "does not suspect " + name))));
        }
        return missing;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
