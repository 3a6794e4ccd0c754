package dev.rustnet.core.plan;

import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentDescriptor.AssumedWith;
import dev.rustnet.component.ComponentDescriptor.Broken;
import dev.rustnet.component.ComponentDescriptor.ProvidedWith;
import dev.rustnet.core.plan.StartPlan.Left;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who provides what, once the choices of the configuration have been made; and who does not start because of them. */
final class ServiceProviders {
    // Injected
    private final List<Declaration> declarations;
    private final List<String> unusable;
    private final List<Problem> problems;

    // State
    private final Map<Class<?>, Chosen> chosen = new HashMap<>();
    private final List<Declaration> starting = new ArrayList<>();
    private final Map<String, String> left = new TreeMap<>();

    private record Chosen(Declaration provider, Choice choice) {}

    private ServiceProviders(List<Declaration> declarations, List<String> unusable, List<Problem> problems) {
        this.declarations = declarations;
        this.unusable = unusable;
        this.problems = problems;
    }

    /** @param declarations without two of one name */
    static ServiceProviders of(
            List<Declaration> declarations, List<Choice> choices, List<String> unusable, List<Problem> problems) {
        ServiceProviders providers = new ServiceProviders(declarations, unusable, problems);
        choices.forEach(providers::choose);
        providers.declarations.forEach(providers::decide);
        providers.findRivals();
        return providers;
    }

    /** Those that start, by name. */
    List<Declaration> starting() {
        return starting;
    }

    /** Those that do not start, by name. */
    List<Left> left() {
        return declarations.stream()
                .filter(declaration -> left.containsKey(declaration.name()))
                .map(declaration ->
                        new Left(declaration.name(), declaration.jar(), left.getOrDefault(declaration.name(), "")))
                .toList();
    }

    /** Those that start and provide {@code service}; more than one only where that has been reported. */
    List<Declaration> of(Class<?> service) {
        return starting.stream().filter(one -> one.provides(service)).toList();
    }

    private void choose(Choice choice) {
        Optional<Declaration> component = declarations.stream()
                .filter(one -> one.name().equals(choice.component()))
                .findFirst();
        List<Class<?>> services = component.stream()
                .flatMap(one -> one.descriptor().provides().stream())
                .filter(service -> KebabCase.of(service).equals(choice.service()))
                .toList();
        if (component.isPresent() && component.get().enabled() && !services.isEmpty()) {
            services.forEach(service -> chosen.put(service, new Chosen(component.get(), choice)));
        } else if (!choice.byDefault()) {
            problems.add(badChoice(choice, component, services));
        }
    }

    private Problem badChoice(Choice choice, Optional<Declaration> component, List<Class<?>> services) {
        String setting = choice.place() + ": rustnet.services." + choice.service() + " = " + choice.component();
        if (component.isEmpty()) {
            Problem problem =
                    Problem.of(ProblemCode.BAD_CHOICE, setting + " chooses a component that is not on the class path.");
            Set<String> names = new TreeSet<>();
            declarations.forEach(one -> names.add(one.name()));
            return Suggestion.nearest(choice.component(), names)
                    .map(nearest -> problem.fix("did you mean \"" + nearest + "\"?"))
                    .orElseGet(() -> problem.fix("add its jar, or choose another component"));
        }
        Declaration chosenComponent = component.get();
        if (!services.isEmpty()) {
            return Problem.of(ProblemCode.BAD_CHOICE, setting + " chooses a component that is disabled.")
                    .with("disabled at", chosenComponent.disabledAt().orElse(""))
                    .fix("remove \"enabled = false\" there, or choose another component");
        }
        Set<String> provided = new LinkedHashSet<>();
        chosenComponent.descriptor().provides().forEach(service -> provided.add(KebabCase.of(service)));
        Problem problem = Problem.of(
                        ProblemCode.BAD_CHOICE, setting + " chooses a component that does not provide that service.")
                .with("provides", provided.isEmpty() ? "nothing" : String.join(", ", provided));
        return Suggestion.nearest(choice.service(), provided)
                .map(nearest -> problem.fix("did you mean rustnet.services." + nearest + "?"))
                .orElseGet(() -> problem.fix("choose a component that provides it"));
    }

    private void decide(Declaration declaration) {
        if (!declaration.enabled()) {
            left.put(
                    declaration.name(),
                    "disabled at " + declaration.disabledAt().orElse(""));
            return;
        }
        List<Chosen> lost = new ArrayList<>();
        List<Chosen> won = new ArrayList<>();
        for (Class<?> service : declaration.descriptor().provides()) {
            Chosen choice = chosen.get(service);
            if (choice != null) {
                (choice.provider().equals(declaration) ? won : lost).add(choice);
            }
        }
        if (lost.isEmpty()) {
            starting.add(declaration);
            return;
        }
        Choice other = lost.get(0).choice();
        left.put(
                declaration.name(),
                "rustnet.services." + other.service() + " = " + other.component() + " (" + other.place() + ")");
        if (!won.isEmpty()) {
            Choice own = won.get(0).choice();
            problems.add(Problem.of(
                            ProblemCode.BAD_CHOICE,
                            "the choices for " + declaration.name() + " contradict each other: it is chosen for "
                                    + own.service() + " (" + own.place() + ") and not for " + other.service() + " ("
                                    + other.place() + ").")
                    .fix("a component provides all of its services or does not start; choose it for both or for none"));
        }
    }

    private void findRivals() {
        Map<String, Class<?>> services = new TreeMap<>();
        starting.forEach(
                one -> one.descriptor().provides().forEach(service -> services.put(service.getName(), service)));
        for (Class<?> service : services.values()) {
            List<Declaration> rivals = of(service);
            if (rivals.size() < 2) {
                continue;
            }
            Problem problem = Problem.of(
                    ProblemCode.TWO_PROVIDERS,
                    rivals.size() + " components provide " + service.getSimpleName()
                            + ", and the configuration does not choose one.");
            for (Declaration rival : rivals) {
                problem = problem.with(rival.name(), rival.place());
            }
            problems.add(problem.fix("set rustnet.services." + KebabCase.of(service) + " = "
                    + rivals.get(0).name() + ", or another of them"));
        }
    }

    /** The problem of a service that a component requires and nobody provides. */
    Problem missing(Declaration user, Class<?> service) {
        Problem problem = Problem.of(
                        ProblemCode.MISSING_SERVICE,
                        user.name() + " cannot start: it requires " + service.getSimpleName()
                                + ", which no component provides.")
                .with("declared by", user.place());
        return withCandidates(problem, service);
    }

    /** The same where the kernel itself requires it. */
    Problem missingForKernel(Class<?> service) {
        Problem problem = Problem.of(
                ProblemCode.NO_MEMBERSHIP,
                "no component provides " + service.getSimpleName()
                        + ", which says who takes part; no node runs without.");
        return withCandidates(problem, service);
    }

    /** The problem of an assumption that a service would make true which nobody provides. */
    Problem unfounded(Declaration user, Assumption assumption, Class<?> service) {
        Problem problem = Problem.of(
                        ProblemCode.UNFOUNDED_ASSUMPTION,
                        user.name() + " cannot keep what it guarantees: it assumes " + assumption.name()
                                + ", and no component that starts provides " + service.getSimpleName() + ".")
                .with("declared by", user.place())
                .with("it assumes", assumption.meaning());
        if (!user.descriptor().guarantees().isEmpty()) {
            problem = problem.with(
                    "guarantees", String.join(", ", user.descriptor().guarantees()));
        }
        return withCandidates(problem, service);
    }

    /** The problems of an assumption that a service makes true, but not with the settings of who provides it. */
    List<Problem> broken(Declaration user, Assumption assumption, Class<?> service) {
        List<Problem> problems = new ArrayList<>();
        for (Declaration provider : of(service)) {
            for (Broken broken : provider.descriptor().breaks()) {
                if (broken.assumption().name().equals(assumption.name())) {
                    problems.add(broken(user, assumption, provider, broken.setting()));
                }
            }
        }
        return problems;
    }

    private static Problem broken(Declaration user, Assumption assumption, Declaration provider, String breaking) {
        Optional<String> because = user.descriptor().becauseOf().stream()
                .filter(one -> one.assumption().name().equals(assumption.name()))
                .map(AssumedWith::setting)
                .findFirst();
        Problem problem = Problem.of(
                        ProblemCode.UNFOUNDED_ASSUMPTION,
                        user.name() + " cannot keep what it guarantees: it assumes " + assumption.name()
                                + because.map(setting -> " with " + setting).orElse("") + ", which " + provider.name()
                                + " does not give with " + breaking + ".")
                .with("declared by", user.place())
                .with("it assumes", assumption.meaning());
        if (because.isEmpty()) {
            return problem.fix("leave out rustnet.components." + provider.name() + "." + breaking
                    + ", or set rustnet.components." + user.name() + ".enabled = false");
        }
        return problem.with("one setting", user.place(because.get()))
                .with("the other", provider.place(breaking))
                .fix("leave out one of the two");
    }

    private Problem withCandidates(Problem problem, Class<?> service) {
        Problem told = problem;
        List<String> fixes = new ArrayList<>();
        for (Declaration candidate : declarations) {
            if (candidate.provides(service) && !candidate.enabled()) {
                told = told.with(
                        "candidate",
                        candidate.name() + " would provide it, but is disabled ("
                                + candidate.disabledAt().orElse("") + ")");
                fixes.add("remove \"enabled = false\" there, or set it to true in your configuration");
            } else if (candidate.provides(service)) {
                told = told.with(
                        "candidate",
                        candidate.name() + " would provide it, but does not start: "
                                + left.getOrDefault(candidate.name(), ""));
                fixes.add("change that choice");
            } else {
                told = withOtherSettings(told, candidate, service, fixes);
            }
        }
        for (String name : unusable.stream().sorted(Comparator.naturalOrder()).toList()) {
            told = told.with("note", name + " cannot be used (see its own problem), and may be what provides it");
        }
        return told.fix(fixes.isEmpty() ? "add a jar with a component that provides it" : String.join("; or ", fixes));
    }

    private static Problem withOtherSettings(
            Problem problem, Declaration candidate, Class<?> service, List<String> fixes) {
        Problem told = problem;
        for (ProvidedWith possible : candidate.descriptor().alsoProvides()) {
            if (possible.service().equals(service)) {
                told = told.with(
                        "candidate",
                        candidate.name() + " provides it only with " + possible.setting()
                                + (candidate.enabled()
                                        ? ""
                                        : ", and is disabled ("
                                                + candidate.disabledAt().orElse("") + ")"));
                fixes.add("set rustnet.components." + candidate.name() + "." + possible.setting() + ", if "
                        + possible.soundWhere() + "; otherwise add a jar with a component that provides it");
            }
        }
        return told;
    }
}
