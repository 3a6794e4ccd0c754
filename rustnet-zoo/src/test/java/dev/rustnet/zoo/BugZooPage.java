package dev.rustnet.zoo;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code docs/bug-zoo.md} says, out of the bugs and what was found of them. Pure. */
final class BugZooPage {
    private BugZooPage() {}

    static String of(Map<Bug, Found> zoo) {
        StringBuilder page = new StringBuilder();
        page.append("""
                # The bug zoo

                Mistaken variants of our own protocols, each a small diff over the real class in `rustnet-zoo/bugs`. The build
                compiles each of them, runs it in the simulator, and demands that a checker finds the property that it breaks; the
                correct build has to pass the very same run. *Seed* is the first one, from 1 on, with which the scenario fails.
                *Reduction* says how many events the failing run, as the seed makes it, has for each event of the smaller one, which
                stands below. All that happens in a run counts: frames, events of processes, faults; also the seconds of silence
                in the end, which no run can do without.

                This page is generated: `mvn -pl rustnet-zoo -am -Drustnet.zoo=renew -Dtest=BugZooTest
                -Dsurefire.failIfNoSpecifiedTests=false test`.

                | bug | of | breaks | seed | smaller run | reduction |
                |---|---|---|---|---|---|
                """);
        List<Map.Entry<Bug, Found>> all = zoo.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .toList();
        for (Map.Entry<Bug, Found> entry : all) {
            Bug bug = entry.getKey();
            Found found = entry.getValue();
            page.append(String.format(
                    Locale.ROOT,
                    "| [%s](#%s) | %s | %s | %s | %s | %s |%n",
                    bug.title(),
                    bug.name(),
                    bug.of(),
                    bug.breaks(),
                    found.of("seed"),
                    found.of("smaller-size"),
                    rounded(found.reduction())));
        }
        List<Double> reductions =
                all.stream().map(entry -> entry.getValue().reduction()).sorted().toList();
        page.append(String.format(
                Locale.ROOT,
                "%n%d bugs; the median reduction is %s, the least %s, the greatest %s.%n",
                all.size(),
                rounded(Found.median(zoo.values())),
                rounded(reductions.get(0)),
                rounded(reductions.get(reductions.size() - 1))));
        all.forEach(entry -> page.append(section(entry.getKey(), entry.getValue())));
        return page.toString();
    }

    /** With a decimal where that says something. */
    static String rounded(double reduction) {
        return String.format(Locale.ROOT, reduction < 10 ? "%.1f" : "%.0f", reduction);
    }

    private static String section(Bug bug, Found found) {
        String faults =
                found.faults().stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
        return "\n## " + bug.name() + "\n\n**" + bug.title() + "** (" + bug.of() + "). " + bug.what() + "\n\n"
                + bug.why() + "\n\n"
                + "Found in: " + bug.scenario().words() + "; with seed " + found.of("seed") + ", " + found.of("size")
                + ".\nBreaks " + bug.breaks() + ".\n\n"
                + "Smaller: " + found.of("smaller-size") + " (" + found.of("smaller-messages") + " by process), "
                + found.of("smaller-network") + " network, seed " + found.of("smaller-seed") + ": " + words(found)
                + "\n"
                + (faults.isEmpty() ? "" : "\n" + faults)
                + "\n```diff\n" + hunks(bug) + "```\n";
    }

    private static String words(Found found) {
        String words = found.of("smaller-words").replaceAll("dev\\.rustnet\\.\\S+Exception: ", "");
        return words.length() > 160 ? words.substring(0, 160) + " ..." : words;
    }

    private static String hunks(Bug bug) {
        return bug.diff()
                .lines()
                .filter(line -> !line.startsWith("--- ") && !line.startsWith("+++ ") && !line.startsWith("@@"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
