package dev.rustnet.launcher.console;

import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The verdict on a run, property by property, each in the words of Cachin, Guerraoui, Rodrigues. */
public final class VerdictTable {
    private VerdictTable() {}

    /** Prints it, without a line before or after. */
    public static void print(List<RunVerdict> verdicts, Style style, PrintWriter out) {
        int width = verdicts.stream()
                .flatMap(run -> run.verdicts().stream())
                .mapToInt(verdict -> verdict.property().toString().length())
                .max()
                .orElse(0);
        boolean first = true;
        for (RunVerdict run : verdicts) {
            if (!first) {
                out.println();
            }
            first = false;
            out.println(style.bold(run.guarantee()) + ": " + counted(run.broadcasts(), "broadcast", "broadcasts") + ", "
                    + counted(run.deliveries(), "delivery", "deliveries"));
            for (Verdict verdict : run.verdicts()) {
                out.println("  " + outcome(verdict, style) + "  "
                        + String.format(Locale.ROOT, "%-" + width + "s", verdict.property()) + "  "
                        + verdict.property().statement());
                if (!verdict.words().isEmpty()) {
                    out.println("                " + verdict.words());
                }
            }
        }
        out.flush();
    }

    private static String counted(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    private static String outcome(Verdict verdict, Style style) {
        return switch (verdict.outcome()) {
            case HOLDS -> style.good("holds       ");
            case VIOLATED -> style.bad("VIOLATED    ");
            case INCONCLUSIVE -> style.notice("inconclusive");
        };
    }
}
