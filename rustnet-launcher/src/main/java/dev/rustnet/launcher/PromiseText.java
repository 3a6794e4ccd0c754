package dev.rustnet.launcher;

import dev.rustnet.core.plan.StartPlan.Condition;
import dev.rustnet.core.plan.StartPlan.Promise;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What broadcasts guarantee, on which assumptions, and how many crashes they survive, for a person to read. */
final class PromiseText {
    private PromiseText() {}

    static void print(List<Promise> promises, PrintWriter out) {
        out.println();
        out.println("What the broadcasts guarantee, as long as what they assume is true:");
        for (Promise promise : promises) {
            out.println();
            out.println("    " + promise.service() + ", by " + promise.provider());
            if (!promise.guarantees().isEmpty()) {
                out.println("        guarantees  " + String.join(", ", promise.guarantees()));
            }
            for (Condition condition : promise.conditions()) {
                out.println("        assumes     " + text(condition));
            }
            out.println("        survives    " + crashes(promise, promise.crashes(), Condition::crashes));
            if (promise.crashesForGood() < promise.crashes()) {
                out.println(
                        "        for good    " + crashes(promise, promise.crashesForGood(), Condition::crashesForGood));
            }
        }
    }

    private static String text(Condition condition) {
        String declared = condition.assumption() + " (" + condition.declaredBy();
        return condition
                        .madeTrueBy()
                        .map(provider -> declared + "), which " + provider + " provides: ")
                        .orElse(declared + "): ")
                + condition.meaning();
    }

    private static String crashes(Promise promise, int survived, ToIntFunction<Condition> limit) {
        if (survived == promise.processes()) {
            return "any number of crashes";
        }
        return survived + " of " + promise.processes() + " crashes, because it assumes "
                + promise.conditions().stream()
                        .filter(condition -> limit.applyAsInt(condition) == survived)
                        .map(Condition::assumption)
                        .distinct()
                        .collect(Collectors.joining(", and "));
    }
}
