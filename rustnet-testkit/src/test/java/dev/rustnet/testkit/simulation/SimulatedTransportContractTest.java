package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.transport.TransportContract;
import dev.rustnet.transport.Transport;
import java.time.Duration;

/** The simulator's transport, whose time goes on by hand; its poll never waits. */
final class SimulatedTransportContractTest extends TransportContract {
    private static final String NOBODY = "nobody";

    private final Scheduler scheduler = new Scheduler(1);
    private final SimulatedNetwork network =
            new SimulatedNetwork(scheduler, NetworkOptions.lan(), new Trace(0), new RunObserver() {}, 1);
    private int hosts;

    @Override
    protected Transport create() {
        String name = "host" + hosts++;
        network.addHost(name);
        return new SimulatedTransport(
                network, name + ":1", maxFrameLength(), Duration.ofSeconds(3), () -> {}, () -> {});
    }

    @Override
    protected String desertedAddress() {
        network.addHost(NOBODY);
        return NOBODY + ":1";
    }

    @Override
    protected void pass() {
        scheduler.step();
    }
}
