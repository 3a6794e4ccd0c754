package dev.rustnet.launcher.scenario;

import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The twin of the eventually perfect detector: calls silence by its name, and never takes a suspicion back. */
final class SuspectsForGood extends Twin implements FailureDetector {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Map<Integer, ProcessId> met = new HashMap<>();
    private final Set<ProcessId> suspects = new HashSet<>();
    private final List<SuspicionListener> listeners = new ArrayList<>();

    SuspectsForGood() {
        super("failure-detector");
    }

    @Override
    public void start(ComponentContext context) {
        FairLossLinks links = context.transport();
        links.onReceive((from, heartbeat) -> {});
        links.listen(new FairLossLinks.ConnectionListener() {
            @Override
            public void up(int rank, ProcessId peer) {
                met.put(rank, peer);
            }
        });
        context.timers()
                .every(
                        Duration.ofMillis(500),
                        () -> met.forEach((rank, peer) -> {
                            links.send(rank, ByteBuffer.allocate(1));
                            long silence = context.clock().nanos() - links.lastHeardNanos(rank);
                            if (silence > TIMEOUT.toNanos() && suspects.add(peer)) {
                                listeners.forEach(listener -> listener.suspect(peer));
                            }
                        }));
        context.provide(FailureDetector.class, this);
    }

    @Override
    public boolean suspects(ProcessId process) {
        return suspects.contains(process);
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public Subscription listen(SuspicionListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
