package dev.rustnet.testkit.standin;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.View;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The simplest broadcast of each guarantee: basic (CGR 3.1), eager reliable (CGR 3.3), majority-ack uniform reliable (CGR
 * 3.5). Assumes perfect links; for the last, that fewer than half crash. The first takes n - 1 messages, the others up to n
 * times as many, since every process relays everything to everybody that lacks it.
 */
final class StandInBroadcast implements NetComponent, BroadcastProtocol {
    /** Which guarantee. */
    enum Guarantee {
        BEST_EFFORT("best-effort-broadcast", BestEffortBroadcast.class),
        RELIABLE("reliable-broadcast", ReliableBroadcast.class),
        UNIFORM_RELIABLE("uniform-reliable-broadcast", UniformReliableBroadcast.class);

        private final String component;
        private final Class<? extends Broadcast> service;

        Guarantee(String component, Class<? extends Broadcast> service) {
            this.component = component;
            this.service = service;
        }

        Class<? extends Broadcast> service() {
            return service;
        }
    }

    // Injected
    private final Guarantee guarantee;
    private final BiConsumer<Class<? extends Broadcast>, String> openings;

    // State
    private @Nullable BroadcastLog log;

    StandInBroadcast(Guarantee guarantee, BiConsumer<Class<? extends Broadcast>, String> openings) {
        this.guarantee = guarantee;
        this.openings = openings;
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("stand-in-" + guarantee.component)
                .provides(guarantee.service)
                .requires(GroupMembership.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        boolean relays = guarantee != Guarantee.BEST_EFFORT;
        log = context.broadcastLog(
                relays ? BroadcastLog.Retention.BY_ALL : BroadcastLog.Retention.BY_SOURCE,
                guarantee == Guarantee.UNIFORM_RELIABLE
                        ? BroadcastLog.Acknowledgement.TO_ALL
                        : BroadcastLog.Acknowledgement.TO_SOURCE,
                this);
        switch (guarantee) {
            case BEST_EFFORT -> context.provide(BestEffortBroadcast.class, this::channel);
            case RELIABLE -> context.provide(ReliableBroadcast.class, this::channel);
            case UNIFORM_RELIABLE -> context.provide(UniformReliableBroadcast.class, this::channel);
        }
    }

    private Channel channel(String name) {
        openings.accept(guarantee.service, name);
        return log().channel(name);
    }

    private BroadcastLog log() {
        BroadcastLog opened = log;
        if (opened == null) {
            throw new IllegalStateException("an event before the log is open");
        }
        return opened;
    }

    @Override
    public void viewInstalled(View view) {
        for (int source = 0; source < view.size(); source++) {
            for (int to = 0; to < view.size(); to++) {
                if (source == log().self() || guarantee != Guarantee.BEST_EFFORT) {
                    log().send(source, to);
                }
            }
        }
    }

    @Override
    public void received(int source, long upTo) {
        deliver(source);
    }

    @Override
    public void acked(int process, int source, long upTo) {
        deliver(source);
    }

    @Override
    public void removed(int process) {}

    private void deliver(int source) {
        long upTo = log().received(source);
        if (guarantee == Guarantee.UNIFORM_RELIABLE) {
            long[] acked = new long[log().view().size()];
            Arrays.setAll(acked, process -> log().acked(process, source));
            Arrays.sort(acked);
            upTo = Math.min(upTo, acked[acked.length - log().view().majority()]);
        }
        if (upTo > log().delivered(source)) {
            log().deliver(source, upTo);
        }
    }
}
