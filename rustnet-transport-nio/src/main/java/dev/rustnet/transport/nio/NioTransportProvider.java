package dev.rustnet.transport.nio;

import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;

/** Makes TCP transports on java.nio selectors. Chosen with {@code rustnet.node.transport = nio}. */
public final class NioTransportProvider implements TransportProvider {
    @Override
    public String name() {
        return "nio";
    }

    @Override
    public Transport create(Settings settings) {
        return NioTransport.create(settings);
    }
}
