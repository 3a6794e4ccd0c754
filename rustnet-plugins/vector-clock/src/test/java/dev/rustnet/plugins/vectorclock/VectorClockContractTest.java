package dev.rustnet.plugins.vectorclock;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.contract.ComponentContract;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What every component is held to, beside stand-ins for all else. */
class VectorClockContractTest extends ComponentContract {
    @Override
    protected NetComponent component() {
        return new VectorClockComponent();
    }

    @Override
    protected String config() {
        return "rustnet.components.vector-clock.enabled = true";
    }

    @Override
    protected void use(SimulatedProcess process) {
        Channel channel = process.node().service(BestEffortBroadcast.class).channel("contract");
        channel.onDeliver(delivery -> {});
        process.after(Duration.ofSeconds(1), () -> channel.tryBroadcast("hello".getBytes(StandardCharsets.UTF_8)));
    }
}
