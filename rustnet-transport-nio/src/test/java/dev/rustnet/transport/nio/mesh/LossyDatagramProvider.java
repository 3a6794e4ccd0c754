package dev.rustnet.transport.nio.mesh;

import dev.rustnet.testkit.transport.LossyDatagramTransport;
import dev.rustnet.testkit.transport.LossyDatagramTransport.Faults;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;

/** Makes transports that are no TCP: datagrams of which many are lost, doubled and out of order. */
public final class LossyDatagramProvider implements TransportProvider {
    static final String NAME = "lossy-datagram";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Transport create(Settings settings) {
        return new LossyDatagramTransport(settings, new Faults(settings.config().getLong("seed"), 0.10, 0.05, 0.10));
    }
}
