package dev.rustnet.testkit.junit;

import dev.rustnet.testkit.simulation.ScenarioSeeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For test classes in which a weaker variant is seen to fail: that it does is the point there, not how little of the run would
 * have been enough. {@code @ExtendWith(WithoutShrinking.class)} at the class sets {@link ScenarioSeeds#SHRINK_EVENTS} to 0
 * while it runs, its nested classes included.
 */
public final class WithoutShrinking implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(WithoutShrinking.class);

    /** Made by JUnit. */
    public WithoutShrinking() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (context.getTestClass().map(Class::getEnclosingClass).isEmpty()) {
            @Nullable String before = System.setProperty(ScenarioSeeds.SHRINK_EVENTS, "0");
            context.getStore(NAMESPACE).put(ScenarioSeeds.SHRINK_EVENTS, before);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getTestClass().map(Class::getEnclosingClass).isEmpty()) {
            @Nullable String before = context.getStore(NAMESPACE).get(ScenarioSeeds.SHRINK_EVENTS, String.class);
            if (before == null) {
                System.clearProperty(ScenarioSeeds.SHRINK_EVENTS);
            } else {
                System.setProperty(ScenarioSeeds.SHRINK_EVENTS, before);
            }
        }
    }
}
