package dev.rustnet.testkit.contract;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Takes the place of a component at one process and says anything at all in its name: on its perfect links, on its fair-loss
 * links, and on the broadcast channels that the others have opened.
 */
final class GarbageSpeaker implements NetComponent {
    /** Provided by it alone, so that its node can be told apart. */
    interface Marker {}

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LONGEST = 300;

    // Injected
    private final NetComponent original;
    private final Babble babble;

    GarbageSpeaker(NetComponent original, Babble babble) {
        this.original = original;
        this.babble = babble;
    }

    @Override
    public Settings settings() {
        return original.settings();
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        ComponentDescriptor known = original.descriptor(own);
        Set<Class<?>> optional = new LinkedHashSet<>(
                List.of(BestEffortBroadcast.class, ReliableBroadcast.class, UniformReliableBroadcast.class));
        known.provides().forEach(optional::remove);
        ComponentDescriptor.Builder builder =
                ComponentDescriptor.named(known.name()).provides(Marker.class);
        if (known.requires().contains(GroupMembership.class)) {
            builder.requires(GroupMembership.class);
        }
        optional.forEach(builder::requiresOptional);
        known.agreed().forEach(builder::agreed);
        known.payloads().forEach(builder::payload);
        return builder.build();
    }

    @Override
    public void start(ComponentContext context) {
        context.provide(Marker.class, new Marker() {});
        context.timers().every(PAUSE, () -> speak(context));
    }

    private void speak(ComponentContext context) {
        for (int rank = 0; rank < context.group().size(); rank++) {
            if (context.transport().connected(rank)) {
                context.transport().send(rank, garbage(context.random(), FairLossLinks.MAX_LENGTH));
                String name = context.group().members().get(rank).name();
                context.links().trySend(ProcessId.named(name), garbage(context.random(), LONGEST));
                babble.said();
            }
        }
        babble.forEach(
                (service, channel) -> context.find(service).ifPresent(found -> broadcast(context, found, channel)));
    }

    private void broadcast(ComponentContext context, Broadcast service, String channel) {
        byte[] bytes = garbage(context.random(), LONGEST).array();
        if (service.channel(channel).tryBroadcast(bytes)) {
            babble.said();
        }
    }

    private static ByteBuffer garbage(RandomGenerator random, int longest) {
        byte[] bytes = new byte[random.nextInt(longest)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
