package dev.rustnet.testkit.junit;

import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/** One invocation for each seed of a {@link Simulated} test; none after the first that fails. */
final class SimulatedSeeds implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(Simulated.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Simulated asked = context.getRequiredTestMethod().getAnnotation(Simulated.class);
        ScenarioSeeds seeds = ScenarioSeeds.of(asked.seeds());
        AtomicBoolean failed = new AtomicBoolean();
        return LongStream.rangeClosed(seeds.first(), seeds.last())
                .takeWhile(seed -> !failed.get())
                .mapToObj(seed -> new Seed(
                        seed, Simulation.of(asked.processes()).seed(seed).standIns(), failed));
    }

    private record Seed(long seed, SimulationBuilder builder, AtomicBoolean failed)
            implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {
        @Override
        public String getDisplayName(int index) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SimulationBuilder.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return builder;
        }

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            if (failure instanceof TestAbortedException) {
                throw failure;
            }
            failed.set(true);
            String run = builder.latest()
                    .map(Simulation::report)
                    .orElse("seed=" + seed + ", run again with -Drustnet.seed=" + seed);
            throw new AssertionError(failure.getMessage() + "\n" + run, failure);
        }
    }
}
