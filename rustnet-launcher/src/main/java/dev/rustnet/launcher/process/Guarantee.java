package dev.rustnet.launcher.process;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.node.Node;
import java.util.Locale;
import java.util.Optional;

/** The broadcasts that the command line can choose from, by the guarantee that they give. */
public enum Guarantee {
    BEST_EFFORT(BestEffortBroadcast.class),
    RELIABLE(ReliableBroadcast.class),
    UNIFORM_RELIABLE(UniformReliableBroadcast.class),
    CAUSAL(CausalBroadcast.class);

    private final Class<? extends Broadcast> service;

    Guarantee(Class<? extends Broadcast> service) {
        this.service = service;
    }

    /** The interface of the service. */
    public Class<? extends Broadcast> service() {
        return service;
    }

    /** The broadcast of that node with this guarantee, when there is one. */
    public Optional<Broadcast> of(Node node) {
        return node.findService(service).map(Broadcast.class::cast);
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
