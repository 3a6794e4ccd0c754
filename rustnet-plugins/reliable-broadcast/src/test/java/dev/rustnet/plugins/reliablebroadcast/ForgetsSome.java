package dev.rustnet.plugins.reliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Twins of the protocol that are wrong on purpose: they relay as it does, and send nothing more to some. */
abstract class ForgetsSome implements NetComponent, BroadcastProtocol, FailureDetector.SuspicionListener {
    private final ReliableBroadcastComponent original = new ReliableBroadcastComponent();
    private final LazyReliableBroadcast protocol = new LazyReliableBroadcast();
    private final Set<Integer> forgotten = new HashSet<>();
    private BroadcastLog log;

    /** Takes a suspicion for a crash, for good. */
    static final class WhomItSuspects extends ForgetsSome {
        @Override
        public void suspect(ProcessId process) {
            super.suspect(process);
            forget(process.name());
        }
    }

    /** Waits a while for the others to come, and then no more. */
    static final class WhoIsLate extends ForgetsSome {
        @Override
        public void start(ComponentContext context) {
            super.start(context);
            GroupMembership membership = context.require(GroupMembership.class);
            context.timers().after(Duration.ofSeconds(10), () -> {
                for (ProcessId member : membership.view().members()) {
                    if (!membership.process(membership.view().rank(member)).known()) {
                        forget(member.name());
                    }
                }
            });
        }
    }

    final void forget(String name) {
        forgotten.add(log.view().rank(ProcessId.named(name)));
        sendNothingToTheForgotten();
    }

    private void sendNothingToTheForgotten() {
        for (int to : forgotten) {
            for (int source = 0; source < log.view().size(); source++) {
                log.stopSending(source, to);
            }
        }
    }

    @Override
    public Settings settings() {
        return original.settings();
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return original.descriptor(own);
    }

    @Override
    public void start(ComponentContext context) {
        FailureDetector detector = context.require(FailureDetector.class);
        log = context.broadcastLog(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, this);
        protocol.attach(
                log, new LazyRelay(log, context.require(GroupMembership.class), context.clock(), detector.timeout()));
        detector.listen(this);
        context.timers().every(detector.timeout().dividedBy(8), () -> {
            protocol.check();
            sendNothingToTheForgotten();
        });
        ReliableBroadcast service = log::channel;
        context.provide(ReliableBroadcast.class, service);
    }

    @Override
    public void viewInstalled(View view) {
        protocol.viewInstalled(view);
    }

    @Override
    public void received(int source, long upTo) {
        protocol.received(source, upTo);
    }

    @Override
    public void acked(int process, int source, long upTo) {
        protocol.acked(process, source, upTo);
    }

    @Override
    public void removed(int process) {
        protocol.removed(process);
    }

    @Override
    public void suspect(ProcessId process) {
        protocol.suspect(process);
        sendNothingToTheForgotten();
    }

    @Override
    public void restore(ProcessId process) {
        protocol.restore(process);
    }
}
