package dev.rustnet.testkit.standin;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An eventually perfect detector by heartbeats: who was heard of and is silent for two seconds is suspected, until it is heard
 * again. Properties: strong completeness (EPFD1), eventual strong accuracy (EPFD2). Assumes that delays and pauses are below
 * the timeout eventually. One message per process and half a second to each other one. Source: CGR 2.6.
 */
final class StandInDetector implements NetComponent, FailureDetector {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    // State
    private final Map<Integer, ProcessId> met = new TreeMap<>();
    private final Map<Integer, ProcessId> suspected = new TreeMap<>();
    private final List<SuspicionListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("stand-in-failure-detector")
                .provides(FailureDetector.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        context.transport().onReceive((from, message) -> {});
        context.transport().listen(new FairLossLinks.ConnectionListener() {
            @Override
            public void up(int rank, ProcessId peer) {
                met.put(rank, peer);
            }

            @Override
            public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
                if (ending == FairLossLinks.Ending.GOODBYE) {
                    met.remove(rank); // It left, which is no crash.
                }
            }
        });
        context.timers().every(INTERVAL, () -> beat(context));
        context.provide(FailureDetector.class, this);
    }

    private void beat(ComponentContext context) {
        for (int rank = 0; rank < context.group().size(); rank++) {
            if (context.transport().connected(rank)) {
                context.transport().send(rank, ByteBuffer.allocate(1));
            }
            ProcessId process = met.get(rank);
            boolean silent = process != null
                    && context.clock().nanos() - context.transport().lastHeardNanos(rank) > TIMEOUT.toNanos();
            if (process != null && silent && suspected.putIfAbsent(rank, process) == null) {
                listeners.forEach(listener -> listener.suspect(process));
                context.topics()
                        .publish(PROCESS_SUSPECTED, new ProcessSuspected(process, "no sign of life for " + TIMEOUT));
            } else if (!silent) {
                restore(context, rank);
            }
        }
    }

    private void restore(ComponentContext context, int rank) {
        ProcessId process = suspected.remove(rank);
        if (process != null) {
            listeners.forEach(listener -> listener.restore(process));
            context.topics().publish(PROCESS_RESTORED, new ProcessRestored(process));
        }
    }

    @Override
    public boolean suspects(ProcessId process) {
        return suspected.containsValue(process);
    }

    @Override
    public Subscription listen(SuspicionListener listener) {
        listeners.add(listener);
        suspected.values().forEach(listener::suspect);
        return () -> listeners.remove(listener);
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }
}
