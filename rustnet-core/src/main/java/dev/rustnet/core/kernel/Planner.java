package dev.rustnet.core.kernel;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.rustnet.core.codec.PayloadTable;
import dev.rustnet.core.plan.Choice;
import dev.rustnet.core.plan.ComponentCatalog;
import dev.rustnet.core.plan.Declaration;
import dev.rustnet.core.plan.FoundComponent;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.Promises;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.StartOrder;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.core.settings.Configuration;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.core.settings.NodeSettingsReader;
import dev.rustnet.core.settings.Origins;
import dev.rustnet.core.settings.SettingsCheck;
import dev.rustnet.group.GroupMembership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks every component and checks every setting; starts nothing. All that is wrong comes out together. */
public final class Planner {
    private static final String SERVICES = "rustnet.services";

    // Injected
    private final Configuration configuration;
    private final ComponentCatalog catalog;
    private final Map<String, Class<?>> payloads;

    // State
    private final List<Problem> problems = new ArrayList<>();

    private Planner(Configuration configuration, ComponentCatalog catalog, Map<String, Class<?>> payloads) {
        this.configuration = configuration;
        this.catalog = catalog;
        this.payloads = payloads;
    }

    /**
     * Plans a node.
     *
     * @param payloads what the application registered, by stable name
     * @throws StartException with all problems, when there are any
     */
    public static Plan plan(Configuration configuration, ComponentCatalog catalog, Map<String, Class<?>> payloads) {
        return new Planner(configuration, catalog, payloads).plan();
    }

    private Plan plan() {
        problems.addAll(catalog.problems());
        problems.addAll(configuration.unknownSections());
        Optional<NodeSettings> settings = NodeSettingsReader.read(configuration.effective(), problems);
        List<String> unusable = new ArrayList<>(catalog.unusable());
        List<PlannedComponent> asked = new ArrayList<>();
        for (FoundComponent found : catalog.components()) {
            ComponentSurvey.of(found, configuration, problems)
                    .ifPresentOrElse(asked::add, () -> unusable.add(found.className()));
        }
        checkComponentNames(asked, unusable);
        StartOrder.Result result = StartOrder.of(
                asked.stream().map(PlannedComponent::declaration).toList(),
                choices(),
                List.of(GroupMembership.class),
                unusable);
        problems.addAll(result.problems());
        List<PlannedComponent> order = result.order().stream()
                .map(declaration -> asked.stream()
                        .filter(one -> one.declaration().equals(declaration))
                        .findFirst()
                        .orElseThrow())
                .toList();
        PayloadTable table = payloadTable(order);
        if (!problems.isEmpty() || settings.isEmpty()) {
            throw new StartException(problems);
        }
        return new Plan(
                configuration,
                settings.get(),
                order,
                table,
                startPlan(result, settings.get().group().size()));
    }

    private void checkComponentNames(List<PlannedComponent> asked, List<String> unusable) {
        Set<String> known = new TreeSet<>();
        asked.forEach(one -> known.add(one.name()));
        Set<String> excused = new TreeSet<>(known);
        unusable.forEach(className -> excused.add(ComponentSurvey.likelyName(className)));
        for (String name : configuration.toldComponentNames()) {
            ConfigValue value =
                    configuration.told().getObject("rustnet.components").get(name);
            if (value == null) {
                continue;
            }
            if (!excused.contains(name)) {
                problems.add(SettingsCheck.unknownKey("rustnet.components", name, value, known)
                        .with("note", "the keys here are the names of the components on the class path"));
            } else if (value.valueType() != ConfigValueType.OBJECT) {
                problems.add(Problem.of(
                                ProblemCode.BAD_VALUE,
                                Origins.of(value.origin()) + ": rustnet.components." + name
                                        + " is not a block of keys.")
                        .fix("write " + name + " { ... }"));
            }
        }
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        if (!configuration.effective().hasPath(SERVICES)
                || configuration.effective().getValue(SERVICES).valueType() != ConfigValueType.OBJECT) {
            return choices;
        }
        Map<String, ConfigValue> entries =
                new TreeMap<>(configuration.effective().getObject(SERVICES));
        entries.forEach((service, value) -> {
            if (value.valueType() == ConfigValueType.STRING) {
                String component = String.valueOf(value.unwrapped());
                boolean told = configuration.told().hasPath(ConfigUtil.joinPath("rustnet", "services", service));
                choices.add(new Choice(service, component, Origins.of(value.origin()), !told));
            } else {
                problems.add(Problem.of(
                                ProblemCode.BAD_VALUE,
                                Origins.of(value.origin()) + ": " + SERVICES + "." + service + " = "
                                        + Origins.render(value) + " is not the name of a component.")
                        .fix("write " + service + " = <component>"));
            }
        });
        return choices;
    }

    private PayloadTable payloadTable(List<PlannedComponent> order) {
        Map<String, Class<?>> byName = new TreeMap<>();
        Map<Class<?>, String> byType = new LinkedHashMap<>();
        payloads.forEach((name, type) -> register("the application", name, type, byName, byType));
        for (PlannedComponent component : order) {
            new TreeMap<>(component.descriptor().payloads())
                    .forEach((name, type) -> register(component.name(), name, type, byName, byType));
        }
        return PayloadTable.of(byName);
    }

    private void register(
            String owner, String name, Class<?> type, Map<String, Class<?>> byName, Map<Class<?>, String> byType) {
        Class<?> other = byName.putIfAbsent(name, type);
        String otherName = byType.putIfAbsent(type, name);
        if (other != null && other != type) {
            problems.add(Problem.of(
                            ProblemCode.PAYLOAD_CLASH,
                            owner + " registers " + type.getName() + " as the payload \"" + name + "\", which is "
                                    + other.getName() + " already.")
                    .fix("give each class a name of its own, such as \"acme.order\""));
        } else if (otherName != null && !otherName.equals(name)) {
            problems.add(Problem.of(
                            ProblemCode.PAYLOAD_CLASH,
                            owner + " registers " + type.getName() + " as the payload \"" + name
                                    + "\", but it has the name \"" + otherName + "\" already.")
                    .fix("register it once, under one name"));
        }
    }

    private static StartPlan startPlan(StartOrder.Result result, int processes) {
        List<StartPlan.Step> steps = new ArrayList<>();
        for (Declaration declaration : result.order()) {
            steps.add(new StartPlan.Step(
                    declaration.descriptor().name(),
                    declaration.className(),
                    declaration.jar(),
                    declaration.descriptor().provides().stream()
                            .map(Class::getSimpleName)
                            .toList()));
        }
        return new StartPlan(steps, result.edges(), result.left(), Promises.of(result, processes));
    }
}
