package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.console.Style;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The verdict on a run, property by property, each in the words of Cachin, Guerraoui, Rodrigues. */
final class VerdictTable {
    private VerdictTable() {}

    static void print(List<RunVerdict> verdicts, Style style, PrintWriter out) {
        int width = verdicts.stream()
                .flatMap(run -> run.verdicts().stream())
                .mapToInt(verdict -> verdict.property().toString().length())
                .max()
                .orElse(0);
        for (RunVerdict run : verdicts) {
            out.println();
            out.println(style.bold(run.guarantee()));
            for (Verdict verdict : run.verdicts()) {
                out.println("  " + outcome(verdict, style) + "  "
                        + String.format(Locale.ROOT, "%-" + width + "s", verdict.property()) + "  " + words(verdict));
                if (!verdict.words().isEmpty()) {
                    out.println("                " + verdict.words());
                }
            }
        }
        out.println();
        out.flush();
    }

    private static String outcome(Verdict verdict, Style style) {
        return switch (verdict.outcome()) {
            case HOLDS -> style.good("holds       ");
            case VIOLATED -> style.bad("VIOLATED    ");
            case INCONCLUSIVE -> style.notice("inconclusive");
        };
    }

    private static String words(Verdict verdict) {
        return switch (verdict.property()) {
            case URB1 -> "If a correct process p broadcasts a message m, then p eventually delivers m.";
            case URB2 -> "No message is delivered more than once.";
            case URB3 ->
                "If a process delivers a message m with sender s, then m was previously broadcast by process s.";
            case URB4 ->
                "If a message m is delivered by some process (correct or faulty), then m is eventually delivered by"
                        + " every correct process.";
            case FRB5 ->
                "If some process broadcasts m1 before it broadcasts m2, then no process delivers m2 unless it has"
                        + " already delivered m1.";
            case PFD1 -> "Eventually, every process that crashes is permanently detected by every correct process.";
            case PFD2 -> "If a process p is detected by any process, then p has crashed.";
            default -> "";
        };
    }
}
