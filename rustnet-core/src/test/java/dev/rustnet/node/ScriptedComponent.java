package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import java.util.function.Function;

/** A component that does what a test says. */
final class ScriptedComponent implements NetComponent {
    interface Step {
        void run(ComponentContext context) throws Exception;
    }

    private final Function<Config, ComponentDescriptor> descriptor;
    private Settings settings = Settings.none();
    private Step start = context -> {};
    private Runnable stop = () -> {};

    private ScriptedComponent(Function<Config, ComponentDescriptor> descriptor) {
        this.descriptor = descriptor;
    }

    static ScriptedComponent of(ComponentDescriptor.Builder descriptor) {
        ComponentDescriptor built = descriptor.build();
        return new ScriptedComponent(own -> built);
    }

    static ScriptedComponent of(Function<Config, ComponentDescriptor> descriptor) {
        return new ScriptedComponent(descriptor);
    }

    ScriptedComponent knows(Settings keys) {
        settings = keys;
        return this;
    }

    ScriptedComponent onStart(Step step) {
        start = step;
        return this;
    }

    ScriptedComponent onStop(Runnable action) {
        stop = action;
        return this;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return descriptor.apply(own);
    }

    @Override
    public void start(ComponentContext context) throws Exception {
        start.run(context);
    }

    @Override
    public void stop() {
        stop.run();
    }
}
