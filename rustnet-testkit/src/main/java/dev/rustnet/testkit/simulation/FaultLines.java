package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault plan as text, one line for each fault, for the command line and for files. Everything that a {@link FaultPlan}
 * can say has a line, and reads back as the same:
 *
 * <pre>
 * at 3s crash p2                  at 3s crash p2 after 2 sends      at 3s crash-host p2       at 9s restart p2
 * at 3s partition p1,p2 from p3   at 3s partition p1 from p2 for 5s at 3s stall p1 from p2    at 3s lose p1 to p2
 * at 3s pause p2 for 500ms        at 3s pause p2                    at 4s resume p2           at 3s block p2 for 200ms
 * at 3s reset p1 p2               at 3s reset-one-end p1 p2         at 3s skew p2 by 1h       at 9s heal
 * at 0s crash p2 at event 7       at 9s heal p1,p2 from p3
 * </pre>
 *
 * <p>Times are since the start of the run, in ns, us, ms, s, m or h. What a partition, stall or loss lasts for ends with a
 * heal between these processes; a heal that names none heals everything. In a file, empty lines and what follows a {@code #} are passed over.
 */
public final class FaultLines {
    private static final Pattern TIME = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)");
    private static final String FORM =
            "a fault reads like \"at 3s crash p2\" or \"at 3s partition p1,p2 from p3,p4 for 5s\"";
    private static final List<String> VERBS = List.of(
            "crash",
            "crash-host",
            "restart",
            "pause",
            "resume",
            "block",
            "skew",
            "partition",
            "stall",
            "lose",
            "heal",
            "reset",
            "reset-one-end");

    private FaultLines() {}

    /**
     * Reads the lines.
     *
     * @param processes the names that they may use
     * @throws IllegalArgumentException at the first line that is none; the message begins with it
     */
    public static FaultPlan parse(List<String> lines, Collection<String> processes) {
        FaultPlan plan = new FaultPlan();
        for (String line : lines) {
            String text = line.replaceAll("#.*", "").strip();
            if (!text.isEmpty()) {
                try {
                    new Line(plan, text, processes).read();
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("\"" + text + "\": " + e.getMessage(), e);
                }
            }
        }
        return plan;
    }

    /** The lines that say the same as {@code plan}, in the order of time. */
    public static List<String> of(FaultPlan plan) {
        return plan.entries().stream()
                .sorted(Comparator.comparingLong(FaultPlan.Entry::atNanos))
                .map(entry -> "at " + text(Duration.ofNanos(entry.atNanos())) + " " + text(entry.fault()))
                .toList();
    }

    /**
     * A duration such as {@code 500ms} or {@code 1.5s}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Duration time(String text) {
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no time such as 500ms, 3s or 2m");
        }
        double unitNanos =
                switch (matcher.group(2)) {
                    case "ns" -> 1;
                    case "us" -> 1e3;
                    case "ms" -> 1e6;
                    case "s" -> 1e9;
                    case "m" -> 60e9;
                    default -> 3600e9;
                };
        return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * unitNanos));
    }

    /** The shortest text of a duration that {@link #time} reads as the same. */
    public static String text(Duration time) {
        long nanos = time.toNanos();
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + "s";
        } else if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + "ms";
        }
        return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
    }

    private static String text(Fault fault) {
        if (fault instanceof Fault.Crash crash) {
            return (crash.host() ? "crash-host " : "crash ")
                    + crash.process()
                    + (crash.sends() > 0 ? " after " + crash.sends() + " sends" : "");
        } else if (fault instanceof Fault.CrashAtEvent crash) {
            return "crash " + crash.process() + " at event " + crash.events();
        } else if (fault instanceof Fault.Restart restart) {
            return "restart " + restart.process();
        } else if (fault instanceof Fault.Pause pause) {
            return "pause " + pause.process();
        } else if (fault instanceof Fault.Resume resume) {
            return "resume " + resume.process();
        } else if (fault instanceof Fault.Block block) {
            return "block " + block.process() + " for " + text(block.time());
        } else if (fault instanceof Fault.Skew skew) {
            return "skew " + skew.process() + " by " + text(skew.by());
        } else if (fault instanceof Fault.Partition partition) {
            return (partition.holding() ? "stall " : "partition ") + partition.some() + " from " + partition.others();
        } else if (fault instanceof Fault.OneWay oneWay) {
            return "lose " + oneWay.from() + " to " + oneWay.to();
        } else if (fault instanceof Fault.Reset reset) {
            return (reset.oneEnd() ? "reset-one-end " : "reset ") + reset.process() + " " + reset.other();
        } else if (fault instanceof Fault.HealBetween heal) {
            return "heal " + heal.some() + " from " + heal.others();
        } else if (fault instanceof Fault.Heal) {
            return "heal";
        }
        throw new IllegalArgumentException("no line says " + fault);
    }

    /** One line, word by word. */
    private static final class Line {
        // Injected
        private final FaultPlan plan;
        private final List<String> words;
        private final Collection<String> processes;

        // State
        private int next;

        Line(FaultPlan plan, String text, Collection<String> processes) {
            this.plan = plan;
            this.words = Arrays.asList(text.split("\\s+"));
            this.processes = processes;
        }

        void read() {
            expect("at");
            Duration begin = time(word("a time"));
            if (begin.isNegative()) {
                throw new IllegalArgumentException("a time is since the start of the run, and cannot be before it");
            }
            String verb = word("what happens");
            FaultPlan.At at = plan.at(begin);
            switch (verb) {
                case "crash" -> crash(at);
                case "crash-host" -> at.crashHost(process());
                case "restart" -> at.restart(process());
                case "pause" -> pause(at);
                case "resume" -> at.resume(process());
                case "block" -> at.block(process(), after("for"));
                case "skew" -> at.skew(process(), after("by"));
                case "partition" -> at.partition(group(), other("from"));
                case "stall" -> at.stall(group(), other("from"));
                case "lose" -> at.loseOneWay(group(), other("to"));
                case "heal" -> heal(at);
                case "reset" -> at.reset(process(), process());
                case "reset-one-end" -> at.resetOneEnd(process(), process());
                default ->
                    throw new IllegalArgumentException(
                            "\"" + verb + "\" is none of " + String.join(", ", VERBS) + "; " + FORM);
            }
            if (more() && List.of("partition", "stall", "lose").contains(verb)) {
                plan.lasting(after("for"));
            }
            if (more()) {
                throw new IllegalArgumentException("\"" + words.get(next) + "\" is too much; " + FORM);
            }
        }

        private void crash(FaultPlan.At at) {
            String process = process();
            if (!more()) {
                at.crash(process);
                return;
            }
            if (words.get(next).equals("at")) {
                expect("at");
                expect("event");
                at.crashAtEvent(process, number("the number of an event"));
                return;
            }
            expect("after");
            at.crashAfterSends(process, number("a number of sends"));
            expect("sends");
        }

        private int number(String what) {
            String number = word(what);
            if (!number.matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException("\"" + number + "\" is not " + what);
            }
            return Integer.parseInt(number);
        }

        private void heal(FaultPlan.At at) {
            if (more()) {
                at.heal(group(), other("from"));
            } else {
                at.heal();
            }
        }

        private void pause(FaultPlan.At at) {
            String process = process();
            at.pause(process);
            if (more()) {
                plan.lasting(after("for"));
            }
        }

        private Duration after(String preposition) {
            expect(preposition);
            return time(word("a time"));
        }

        private String other(String preposition) {
            expect(preposition);
            return group();
        }

        private String group() {
            String names = word("processes, separated by commas");
            for (String name : names.split(",", -1)) {
                known(name);
            }
            return names;
        }

        private String process() {
            return known(word("a process"));
        }

        private String known(String name) {
            if (!processes.contains(name)) {
                throw new IllegalArgumentException(
                        "no process is called \"" + name + "\"; there are " + String.join(", ", processes));
            }
            return name;
        }

        private boolean more() {
            return next < words.size();
        }

        private void expect(String word) {
            if (!word("\"" + word + "\"").equals(word)) {
                throw new IllegalArgumentException(
                        "\"" + words.get(next - 1) + "\" stands where \"" + word + "\" belongs; " + FORM);
            }
        }

        private String word(String what) {
            if (!more()) {
                throw new IllegalArgumentException(what + " is missing at its end; " + FORM);
            }
            return words.get(next++);
        }
    }
}
