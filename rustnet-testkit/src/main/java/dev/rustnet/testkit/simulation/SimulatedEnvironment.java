package dev.rustnet.testkit.simulation;

import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** The world of one incarnation of a simulated process. */
final class SimulatedEnvironment implements Environment {
    // Injected
    private final SimulatedProcess process;
    private final SimulatedProcess.Incarnation incarnation;
    private final SimulatedNetwork network;
    private final long seed;

    SimulatedEnvironment(
            SimulatedProcess process, SimulatedProcess.Incarnation incarnation, SimulatedNetwork network, long seed) {
        this.process = process;
        this.incarnation = incarnation;
        this.network = network;
        this.seed = seed;
    }

    @Override
    public TimeSource time() {
        return process.time();
    }

    @Override
    public RandomGenerator random(String purpose) {
        return Seeds.random(seed, process.name() + "/" + incarnation.index() + "/" + purpose);
    }

    @Override
    public Transport transport(String name, TransportProvider.Settings settings) {
        SimulatedTransport transport = new SimulatedTransport(
                network,
                settings.bind(),
                settings.maxFrameLength(),
                settings.dialTimeout(),
                () -> process.wake(incarnation),
                () -> process.beforeSend(incarnation));
        incarnation.use(transport);
        return transport;
    }

    @Override
    public Executor blocking() {
        return task -> network.scheduler().after(0, () -> process.call(incarnation, task));
    }

    @Override
    public Lane lane(String name) {
        return new SimulatedLane(process, incarnation, network.scheduler());
    }

    @Override
    public Sink sink(String name) {
        return process.sink(name, incarnation);
    }

    @Override
    public Store store(String component, String name) {
        return process.store(component + "/" + name, incarnation);
    }

    @Override
    public System.Logger logger(String name) {
        return new SimulatedLogger(name, line -> process.log(incarnation, line));
    }

    @Override
    public void acts(String component) {
        process.acts(incarnation, component);
    }

    @Override
    public Driver drive(EventLoop loop, String processName) {
        incarnation.drive(loop);
        process.wake(incarnation);
        return () -> incarnation.release(loop);
    }
}
