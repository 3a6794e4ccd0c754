package dev.rustnet.plugins.causalbroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.BroadcastAlgorithm;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.View;
import java.time.Duration;

/** Provides causal broadcast over reliable or uniform reliable broadcast. */
public final class CausalBroadcastComponent implements NetComponent {
    private static final int CHECKS_PER_WAIT = 4;
    private static final String OVER = "over";
    private static final String REPORT_AFTER = "report-after";
    private static final String RELIABLE = "reliable-broadcast";

    @Override
    public Settings settings() {
        return Settings.none()
                .choice(OVER, RELIABLE, "uniform-reliable-broadcast")
                .duration(REPORT_AFTER, Duration.ofMillis(10), Duration.ofHours(1))
                .size("window-bytes", 1 << 10, 1 << 30)
                .number("window-messages", 1, 1 << 20);
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("causal-broadcast")
                .provides(CausalBroadcast.class)
                .requires(over(own))
                .requires(GroupMembership.class)
                .agreed(OVER)
                .guarantees(
                        own.getString(OVER).equals(RELIABLE)
                                ? ReliableBroadcast.PROPERTIES
                                : UniformReliableBroadcast.PROPERTIES)
                .guarantees(CausalBroadcast.CAUSAL_DELIVERY)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        Config own = context.config();
        BroadcastAlgorithm algorithm = context.require(over(own))
                .algorithm()
                .orElseThrow(() -> new InvalidSettingException(
                        OVER, "names a broadcast on which nothing can be built; choose another provider of it"));
        GroupMembership membership = context.require(GroupMembership.class);
        WaitingCausalBroadcast protocol = new WaitingCausalBroadcast(
                context.group().size(),
                (source, first, last, awaited, number) -> context.log().log(
                        System.Logger.Level.WARNING,
                        discarded(membership.view(), source, first, last, awaited, number)));
        BroadcastLog log = context.broadcastLog(algorithm.retention(), algorithm.acknowledgement(), protocol);
        protocol.attach(log, algorithm);
        Duration reportAfter = own.getDuration(REPORT_AFTER);
        WaitReport report = new WaitReport(
                protocol,
                log,
                membership,
                context.clock(),
                reportAfter,
                line -> context.log().log(System.Logger.Level.WARNING, line));
        context.timers().every(reportAfter.dividedBy(CHECKS_PER_WAIT), report::check);
        CausalBroadcast service = log::channel;
        context.provide(CausalBroadcast.class, service);
    }

    private static String discarded(View view, int source, long first, long last, int awaited, long number) {
        MessageId lost = new MessageId(view.members().get(awaited), number);
        return new MessageId(view.members().get(source), first)
                + (last > first ? " to #" + last + " are" : " is") + " discarded: before "
                + (last > first ? "them" : "it") + " came " + lost
                + ", which is lost with the processes that had it, and was not delivered by anybody in this view";
    }

    private static Class<? extends Broadcast> over(Config own) {
        return own.getString(OVER).equals(RELIABLE) ? ReliableBroadcast.class : UniformReliableBroadcast.class;
    }
}
