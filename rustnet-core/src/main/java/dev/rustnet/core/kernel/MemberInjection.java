package dev.rustnet.core.kernel;

import com.google.inject.AbstractModule;
import com.google.inject.Binding;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Dependency;
import com.google.inject.spi.InjectionPoint;
import com.google.inject.util.Types;
import com.typesafe.config.Config;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.component.Blocking;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Fills the members of a component that are annotated with Inject: with what its context offers, and with the services
 * that its descriptor declares. This is where Guice comes in, and only for a component that has such members: the first
 * injector of a process takes a third of a second.
 */
final class MemberInjection {
    // State
    private final Injector root;

    MemberInjection(NodeParts node) {
        // JDK 24 and newer warn of sun.misc.Unsafe, with which Guice defines classes unless it is told not to.
        if (System.getProperty("guice_custom_class_loading") == null) {
            System.setProperty("guice_custom_class_loading", "CHILD");
        }
        root = Guice.createInjector(Stage.PRODUCTION, new AbstractModule() {
            @Override
            protected void configure() {
                // Whatever is not offered here is a mistake, and nothing that Guice should make by itself.
                binder().requireExplicitBindings();
                bind(ProcessId.class).toInstance(node.identity().self());
                bind(Group.class).toInstance(node.identity().group());
                bind(Clock.class).toInstance(node.loop().clock());
            }
        });
    }

    /** Injects the members; all that cannot be injected is in one report. */
    void inject(PlannedComponent component, KernelContext context) {
        try {
            Injector injector = root.createChildInjector(new ComponentModule(component.descriptor(), context));
            List<Problem> problems = new ArrayList<>();
            for (InjectionPoint point : InjectionPoint.forInstanceMethodsAndFields(
                    component.component().getClass())) {
                for (Dependency<?> dependency : point.getDependencies()) {
                    Binding<?> binding = injector.getExistingBinding(dependency.getKey());
                    if (binding == null && !point.isOptional()) {
                        problems.add(problem(component, point, dependency.getKey()));
                    }
                }
            }
            if (!problems.isEmpty()) {
                throw new StartException(problems);
            }
            injector.injectMembers(component.component());
        } catch (ConfigurationException | CreationException | ProvisionException e) {
            throw new StartException(
                    List.of(Problem.of(
                                    ProblemCode.INJECTION_FAILED,
                                    component.name() + " cannot start: its members cannot be injected.")
                            .with("declared by", component.declaration().place())
                            .with(
                                    "cause",
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""))),
                    e);
        }
    }

    private static Problem problem(PlannedComponent component, InjectionPoint point, Key<?> key) {
        return Problem.of(
                        ProblemCode.INJECTION_FAILED,
                        component.name() + " cannot start: " + point.getMember().getName() + " asks by @Inject for "
                                + key.getTypeLiteral() + ", which it may not have.")
                .with("declared by", component.declaration().place())
                .fix("a service must stand in its descriptor under requires, or under requiresOptional as an Optional;"
                        + " else only what the context offers can be injected");
    }

    private static final class ComponentModule extends AbstractModule {
        // Injected
        private final ComponentDescriptor descriptor;
        private final KernelContext context;

        ComponentModule(ComponentDescriptor descriptor, KernelContext context) {
            this.descriptor = descriptor;
            this.context = context;
        }

        @Override
        protected void configure() {
            bind(ComponentContext.class).toInstance(context);
            bind(Config.class).toInstance(context.config());
            bind(Timers.class).toInstance(context.timers());
            bind(TopicBus.class).toInstance(context.topics());
            bind(Blocking.class).toInstance(context.blocking());
            bind(RandomGenerator.class).toProvider(context::random);
            bind(FairLossLinks.class).toProvider(context::transport);
            bind(PerfectLinks.class).toProvider(context::links);
            descriptor.requires().stream().distinct().forEach(this::bindRequired);
            descriptor.requiresOptional().stream()
                    .distinct()
                    .filter(service -> !descriptor.requires().contains(service))
                    .forEach(this::bindOptional);
        }

        private <T> void bindRequired(Class<T> service) {
            bind(service).toInstance(context.require(service));
            bindOptional(service);
        }

        @SuppressWarnings("unchecked") // the key is of that type
        private <T> void bindOptional(Class<T> service) {
            Key<Optional<T>> key = (Key<Optional<T>>) Key.get(Types.newParameterizedType(Optional.class, service));
            bind(key).toInstance(context.find(service));
        }
    }
}
