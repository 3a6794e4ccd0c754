package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A component of somebody else, compiled here against the api alone, in a jar that is dropped into plugins/. */
class PluginJarIT {
    private static final String SOURCE = """
            package com.example.greeter;

            import com.typesafe.config.Config;
            import dev.rustnet.broadcast.BestEffortBroadcast;
            import dev.rustnet.broadcast.Channel;
            import dev.rustnet.component.ComponentContext;
            import dev.rustnet.component.ComponentDescriptor;
            import dev.rustnet.component.NetComponent;
            import dev.rustnet.component.Settings;
            import dev.rustnet.group.GroupMembership;

            public final class GreeterComponent implements NetComponent {
                @Override
                public Settings settings() {
                    return Settings.none().text("greeting");
                }

                @Override
                public ComponentDescriptor descriptor(Config own) {
                    return ComponentDescriptor.named("greeter").requires(BestEffortBroadcast.class).build();
                }

                @Override
                public void start(ComponentContext context) {
                    Channel channel = context.require(BestEffortBroadcast.class).channel("greetings");
                    channel.onDeliver(delivery -> context.log().log(
                            System.Logger.Level.INFO, "greeted by " + delivery.source() + ": " + delivery.text()));
                    context.topics().subscribe(GroupMembership.PROCESS_JOINED, joined ->
                            channel.broadcast(context.config().getString("greeting") + ", " + joined.process()));
                }
            }
            """;

    private static final PluginJar GREETER = new PluginJar(
            "com.example.greeter.GreeterComponent",
            SOURCE,
            "rustnet.components.greeter { enabled = true, greeting = Hi }");

    @TempDir
    private Path directory;

    @Test
    void isFoundStartedAndUsed() throws Exception {
        Path distribution = Distribution.copyTo(directory.resolve("rustnet"));
        GREETER.dropInto(distribution, "greeter-1.0.jar");
        String components = LoopbackGroup.QUICK + ", greeter { greeting = Hello }";

        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second");
                RustnetProcess list = RustnetProcess.start("components", distribution, Map.of(), "components")) {
            assertThat(list.awaitExit()).isZero();
            assertThat(list.output()).anyMatch(line -> line.matches("greeter +greeter-1\\.0\\.jar.*"));

            RustnetProcess first = group.run("first", distribution, Map.of(), group.configure("first", components));
            RustnetProcess second = group.run("second", distribution, Map.of(), group.configure("second", components));

            first.awaitError("greeted by second: Hello, first");
            second.awaitError("greeted by first: Hello, second");
        }
    }

    @Test
    void canBeSimulatedByItsName() throws Exception {
        Path distribution = Distribution.copyTo(directory.resolve("rustnet"));
        GREETER.dropInto(distribution, "greeter-1.0.jar");

        try (RustnetProcess run = RustnetProcess.start(
                "simulate", distribution, Map.of(), "simulate", "--component", "greeter", "--crash", "1")) {
            assertThat(run.awaitExit())
                    .as(() -> String.join("\n", run.output()))
                    .isZero();

            assertThat(run.output()).anyMatch(line -> line.contains("URB4 uniform agreement"));
        }
    }
}
