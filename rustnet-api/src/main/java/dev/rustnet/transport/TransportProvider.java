package dev.rustnet.transport;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Makes a transport. Found with {@link java.util.ServiceLoader}; needs a public constructor without parameters. */
public interface TransportProvider {
    /** Kebab-case; what {@code rustnet.node.transport} chooses. */
    String name();

    /** Makes a transport for one node; opens no socket before {@link Transport#open}. Throws nothing for bad addresses. */
    Transport create(Settings settings);

    /**
     * What the kernel tells a transport.
     *
     * @param bind where to listen: {@code host:port}, port 0 for any free one
     * @param maxFrameLength the longest frame in bytes, checked before memory is taken for it
     * @param maxConnections connections open at one time, above which new ones are closed
     * @param dialTimeout after which a dial counts as failed
     * @param config the transport's own subtree {@code rustnet.transport.<name>} over its jar's reference.conf
     * @param blocking runs what must block, such as name resolution; what it hands back goes through the loop
     * @param log for what no event says
     */
    record Settings(
            String bind,
            int maxFrameLength,
            int maxConnections,
            Duration dialTimeout,
            Config config,
            Executor blocking,
            System.Logger log) {}
}
