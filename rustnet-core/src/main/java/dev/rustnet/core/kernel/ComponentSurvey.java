package dev.rustnet.core.kernel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.Settings;
import dev.rustnet.core.plan.Declaration;
import dev.rustnet.core.plan.FoundComponent;
import dev.rustnet.core.plan.KebabCase;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.settings.Configuration;
import dev.rustnet.core.settings.Origins;
import dev.rustnet.core.settings.SettingsCheck;
import dev.rustnet.core.settings.WindowSettings;
import dev.rustnet.group.GroupMembership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks one component who it is and checks its configuration.
 *
 * <p>A descriptor depends on the component's configuration, and that stands under the name that the descriptor says. So
 * the name is found first, with default values: the one that the class is called by, and if the component cannot make
 * anything of those values, each other one that there are defaults for. A component whose configuration is wrong is planned
 * with its defaults, so that the report has no consequences of one mistake in it.
 */
final class ComponentSurvey {
    private static final String SUFFIX = "-component";

    // Injected
    private final FoundComponent found;
    private final Configuration configuration;
    private final List<Problem> problems;

    private ComponentSurvey(FoundComponent found, Configuration configuration, List<Problem> problems) {
        this.found = found;
        this.configuration = configuration;
        this.problems = problems;
    }

    /** The component, asked; or empty when it cannot say who it is, which is a problem then. */
    static Optional<PlannedComponent> of(FoundComponent found, Configuration configuration, List<Problem> problems) {
        try {
            return Optional.of(new ComponentSurvey(found, configuration, problems).survey());
        } catch (RuntimeException | LinkageError e) {
            problems.add(Problem.of(
                            ProblemCode.BAD_DESCRIPTOR,
                            "the component " + found.className() + " does not say what it is: it threw " + e + ".")
                    .with("jar", found.jar())
                    .fix("settings() and descriptor() are pure functions; remove the jar until it is mended"));
            return Optional.empty();
        }
    }

    /** The name that a component of that class most likely has. */
    static String likelyName(String className) {
        String simple = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        String kebab = KebabCase.of(simple);
        return kebab.endsWith(SUFFIX) ? kebab.substring(0, kebab.length() - SUFFIX.length()) : kebab;
    }

    private PlannedComponent survey() {
        ComponentDescriptor provisional = provisional();
        String name = provisional.name();
        Config own = configuration.component(name);
        Settings settings = withKernelKeys(found.component().settings(), provisional);
        List<Problem> wrong = SettingsCheck.check(own, path(name), settings);
        problems.addAll(wrong);
        if (!KebabCase.matches(name)) {
            problems.add(Problem.of(
                            ProblemCode.BAD_DESCRIPTOR,
                            "the name \"" + name
                                    + "\" of a component is not kebab-case, as a key of the configuration is.")
                    .with("declared by", found.className() + " (" + found.jar() + ")")
                    .fix("use small letters, digits and single hyphens, such as failure-detector"));
        }
        Optional<String> disabledAt = disabledAt(own);
        ComponentDescriptor descriptor =
                wrong.isEmpty() && disabledAt.isEmpty() ? descriptor(own, provisional) : provisional;
        Declaration declaration = new Declaration(
                descriptor,
                found.className(),
                found.jar(),
                disabledAt,
                configuredAt(name),
                settingsAt(own, descriptor));
        return new PlannedComponent(found.component(), declaration, settings, own);
    }

    private ComponentDescriptor provisional() {
        String likely = likelyName(found.className());
        @Nullable RuntimeException first = null;
        try {
            return withOwnDefaults(found.component().descriptor(configuration.componentDefaults(likely)), likely);
        } catch (ConfigException | InvalidSettingException e) {
            first = e;
        }
        Set<String> others = configuration.componentNames();
        for (String other : others) {
            for (Config config : List.of(configuration.componentDefaults(other), configuration.component(other))) {
                try {
                    ComponentDescriptor descriptor = found.component().descriptor(config);
                    if (descriptor.name().equals(other)) {
                        return descriptor;
                    }
                } catch (ConfigException | InvalidSettingException e) {
                    // These are not the component's own values.
                }
            }
        }
        throw first;
    }

    /** Values of another component may have given another descriptor, if hardly another name. */
    private ComponentDescriptor withOwnDefaults(ComponentDescriptor descriptor, String askedAs) {
        if (descriptor.name().equals(askedAs)) {
            return descriptor;
        }
        try {
            ComponentDescriptor again =
                    found.component().descriptor(configuration.componentDefaults(descriptor.name()));
            return again.name().equals(descriptor.name()) ? again : descriptor;
        } catch (ConfigException | InvalidSettingException e) {
            return descriptor;
        }
    }

    private static Settings withKernelKeys(Settings settings, ComponentDescriptor descriptor) {
        Settings all = settings.onOff("enabled");
        if (descriptor.requires().contains(GroupMembership.class)) {
            all = WindowSettings.addTo(all);
        }
        return all;
    }

    private Optional<String> disabledAt(Config own) {
        try {
            return own.hasPath("enabled") && !own.getBoolean("enabled")
                    ? Optional.of(Origins.of(own, "enabled"))
                    : Optional.empty();
        } catch (ConfigException e) {
            // Reported by the check of all keys.
            return Optional.empty();
        }
    }

    private Optional<String> configuredAt(String name) {
        String path = path(name);
        return configuration.told().hasPath(path)
                ? Optional.of(Origins.of(configuration.told(), path))
                : Optional.empty();
    }

    /** Where the settings stand that the descriptor names. */
    private static Map<String, String> settingsAt(Config own, ComponentDescriptor descriptor) {
        Map<String, String> places = new HashMap<>();
        Stream.concat(
                        descriptor.breaks().stream().map(ComponentDescriptor.Broken::setting),
                        descriptor.becauseOf().stream().map(ComponentDescriptor.AssumedWith::setting))
                .forEach(setting -> {
                    String key = setting.substring(0, Math.max(0, setting.indexOf('=')))
                            .strip();
                    if (!key.isEmpty() && own.hasPath(key)) {
                        places.put(setting, Origins.of(own, key));
                    }
                });
        return places;
    }

    private ComponentDescriptor descriptor(Config own, ComponentDescriptor provisional) {
        String name = provisional.name();
        try {
            ComponentDescriptor descriptor = found.component().descriptor(own);
            if (descriptor.name().equals(name)) {
                return descriptor;
            }
            problems.add(Problem.of(
                            ProblemCode.BAD_DESCRIPTOR,
                            "the component " + name + " calls itself " + descriptor.name()
                                    + " with other values of its configuration; its name must always be the same.")
                    .with("declared by", found.className() + " (" + found.jar() + ")")
                    .fix("give it one name"));
        } catch (InvalidSettingException e) {
            String value = own.hasPath(e.key()) ? " = " + Origins.render(own.getValue(e.key())) : "";
            problems.add(Problem.of(
                            ProblemCode.CONTRADICTION,
                            Origins.of(own, e.key()) + ": " + path(name) + "." + e.key() + value + " " + e.getMessage()
                                    + ".")
                    .fix("change it, or the value that it does not go with"));
        } catch (ConfigException e) {
            problems.add(Problem.of(
                            ProblemCode.BAD_VALUE,
                            configuredAt(name).orElse(found.jar()) + ": " + name + " cannot use its configuration: "
                                    + e.getMessage() + ".")
                    .fix("give the value under " + path(name)));
        }
        return provisional;
    }

    private static String path(String name) {
        return "rustnet.components." + name;
    }
}
