package dev.rustnet.launcher.endtoend;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two releases of one plug-in whose records differ: neither process takes the other, and both say why. */
class PayloadMismatchIT {
    /** With %1$s for the fields of the record, and %2$s for what else is registered. */
    private static final String SOURCE = """
            package com.example.orders;

            import com.typesafe.config.Config;
            import dev.rustnet.broadcast.BestEffortBroadcast;
            import dev.rustnet.component.ComponentContext;
            import dev.rustnet.component.ComponentDescriptor;
            import dev.rustnet.component.NetComponent;

            public final class OrdersComponent implements NetComponent {
                public record Order(%1$s) {}

                public record Refund(String id) {}

                @Override
                public ComponentDescriptor descriptor(Config own) {
                    return ComponentDescriptor.named("orders")
                            .requires(BestEffortBroadcast.class)
                            .payload("example.order", Order.class)
                            %2$s
                            .build();
                }

                @Override
                public void start(ComponentContext context) {
                    context.require(BestEffortBroadcast.class).channel("orders", Order.class).onDeliver((order, delivery) -> {});
                }
            }
            """;

    @TempDir
    private Path directory;

    /** Told by the first or by the second, whoever is asked. */
    private static String difference(String payload, String atFirst, String atSecond) {
        String what = "the payload \"example\\." + payload + "\" is ";
        return what + atFirst + " at first and " + atSecond + " at second|" + what + atSecond + " at second and "
                + atFirst + " at first";
    }

    private Path distribution(String name, String fields, String registered) throws Exception {
        Path distribution = Distribution.copyTo(directory.resolve("rustnet-" + name));
        new PluginJar(
                        "com.example.orders.OrdersComponent",
                        SOURCE.formatted(fields, registered),
                        "rustnet.components.orders { enabled = true }")
                .dropInto(distribution, "orders.jar");
        return distribution;
    }

    @Test
    void recordsThatDifferAndANameThatIsMissingAreRefusedOnBothSides() throws Exception {
        Path older = distribution("older", "String id, int amount", "");
        Path newer = distribution("newer", "String id, long amount", ".payload(\"example.refund\", Refund.class)");

        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first = group.run("first", older, Map.of(), group.configure("first", LoopbackGroup.QUICK));
            RustnetProcess second =
                    group.run("second", newer, Map.of(), group.configure("second", LoopbackGroup.QUICK));

            String order = difference(
                    "order",
                    "\\S*Order\\(id: \\S*String, amount: int\\)",
                    "\\S*Order\\(id: \\S*String, amount: long\\)");
            String refund = difference("refund", "not registered", "\\S*Refund\\(id: \\S*String\\)");
            first.awaitError(order);
            second.awaitError(order);
            first.awaitError(refund);
            second.awaitError(refund);
        }
    }

    @Test
    void aClassThatIsCalledOtherwiseUnderTheSameNameIsTheSame() throws Exception {
        Path one = distribution("one", "String id, int amount", "");
        Path other = Distribution.copyTo(directory.resolve("rustnet-other"));
        new PluginJar(
                        "com.example.orders.OrdersComponent",
                        SOURCE.formatted("String id, int amount", "")
                                .replace("Order(", "Purchase(")
                                .replace("Order.class", "Purchase.class"),
                        "rustnet.components.orders { enabled = true }")
                .dropInto(other, "orders.jar");

        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first = group.run("first", one, Map.of(), group.configure("first", LoopbackGroup.QUICK));
            RustnetProcess second =
                    group.run("second", other, Map.of(), group.configure("second", LoopbackGroup.QUICK));

            first.awaitError("all 2 members have joined");
            second.awaitError("all 2 members have joined");
        }
    }
}
