package dev.rustnet.launcher;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.launcher.process.CommandFailedException;
import dev.rustnet.node.Node;
import java.util.Locale;

/** The broadcasts that the command line can choose from, by the guarantee that they give. */
enum Guarantee {
    BEST_EFFORT(BestEffortBroadcast.class),
    RELIABLE(ReliableBroadcast.class),
    UNIFORM_RELIABLE(UniformReliableBroadcast.class),
    CAUSAL(CausalBroadcast.class);

    private final Class<? extends Broadcast> service;

    Guarantee(Class<? extends Broadcast> service) {
        this.service = service;
    }

    /** The broadcast of that node with this guarantee. */
    Broadcast of(Node node) {
        return node.findService(service)
                .map(Broadcast.class::cast)
                .orElseThrow(() -> new CommandFailedException("There is no " + this
                        + " broadcast in this node: no enabled component provides " + service.getSimpleName()
                        + ". Choose another with --over, or see what there is with: rustnet explain -c FILE"));
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
