package dev.rustnet.plugins.uniformreliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.util.stream.IntStream;

/** Twins of the protocol that are wrong on purpose: a scenario that they pass proves nothing. */
final class WeakProtocols {
    private WeakProtocols() {}

    /** Delivers what arrives: that is reliable broadcast, not uniform. */
    static final class DeliversAtReceipt extends Weak {
        DeliversAtReceipt() {
            super(true);
        }

        @Override
        long commit(BroadcastLog log, int source, LazyRelay relay) {
            return log.received(source);
        }
    }

    /** Best-effort broadcast under the name of a stronger one. */
    static final class DeliversWithoutRelay extends Weak {
        DeliversWithoutRelay() {
            super(false);
        }

        @Override
        long commit(BroadcastLog log, int source, LazyRelay relay) {
            return log.received(source);
        }
    }

    /** Trusts its suspicions: waits for those whom it does not suspect, however few they are. */
    static final class WithoutMajorityFloor extends Weak {
        WithoutMajorityFloor() {
            super(true);
        }

        @Override
        long commit(BroadcastLog log, int source, LazyRelay relay) {
            long committed = log.received(source);
            for (int process = 0; process < log.view().size(); process++) {
                if (!relay.suspected(process)) {
                    committed = Math.min(committed, log.acked(process, source));
                }
            }
            return committed;
        }
    }

    /** Counts n / 2 processes as a quorum: two of those need not have a process in common. */
    static final class QuorumOfHalf extends Weak {
        QuorumOfHalf() {
            super(true);
        }

        @Override
        long commit(BroadcastLog log, int source, LazyRelay relay) {
            int size = log.view().size();
            long heldByHalf = IntStream.range(0, size)
                    .mapToLong(process -> log.acked(process, source))
                    .sorted()
                    .skip(size - size / 2)
                    .findFirst()
                    .orElseThrow();
            return Math.min(log.received(source), heldByHalf);
        }
    }

    /** Leaves it to the source to bring its messages to everybody. */
    static final class WithoutRelay extends Weak {
        private final CommitRule rule;

        WithoutRelay(CommitRule rule) {
            super(false);
            this.rule = rule;
        }

        @Override
        long commit(BroadcastLog log, int source, LazyRelay relay) {
            return rule.commit(
                    log, source, relay::suspected, new long[log.view().size()]);
        }
    }

    private abstract static class Weak implements NetComponent, BroadcastProtocol, FailureDetector.SuspicionListener {
        private final UniformReliableBroadcastComponent original = new UniformReliableBroadcastComponent();
        private final boolean relays;
        private BroadcastLog log;
        private LazyRelay relay;

        Weak(boolean relays) {
            this.relays = relays;
        }

        abstract long commit(BroadcastLog log, int source, LazyRelay relay);

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
            log = context.broadcastLog(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_ALL, this);
            relay = new LazyRelay(log, context.require(GroupMembership.class), context.clock(), detector.timeout());
            detector.listen(this);
            context.timers().every(detector.timeout().dividedBy(8), () -> {
                if (relays) {
                    relay.checkGaps();
                }
            });
            UniformReliableBroadcast service = log::channel;
            context.provide(UniformReliableBroadcast.class, service);
        }

        @Override
        public void viewInstalled(View view) {
            for (int process = 0; process < view.size(); process++) {
                log.send(log.self(), process);
            }
            relay.viewInstalled(view);
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
        public void removed(int process) {
            deliverAll();
        }

        @Override
        public void suspect(ProcessId process) {
            relay.suspect(process);
            for (int to = 0; !relays && to < log.view().size(); to++) {
                log.stopSending(log.view().rank(process), to);
            }
            deliverAll();
        }

        @Override
        public void restore(ProcessId process) {
            relay.restore(process);
        }

        private void deliverAll() {
            for (int source = 0; source < log.view().size(); source++) {
                deliver(source);
            }
        }

        private void deliver(int source) {
            log.deliver(source, Math.max(log.delivered(source), commit(log, source, relay)));
        }
    }
}
