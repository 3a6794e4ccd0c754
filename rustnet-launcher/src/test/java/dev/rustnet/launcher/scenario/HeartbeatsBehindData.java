package dev.rustnet.launcher.scenario;

import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The twin of the detector whose heartbeats wait like any other message, and for which nothing else is a sign of life. */
final class HeartbeatsBehindData extends Twin implements FailureDetector, PerfectFailureDetector {
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Map<ProcessId, Long> heard = new HashMap<>();
    private final Set<ProcessId> crashed = new HashSet<>();
    private final List<CrashListener> listeners = new ArrayList<>();

    HeartbeatsBehindData() {
        super("failure-detector");
    }

    @Override
    public void start(ComponentContext context) {
        context.links()
                .onReceive((from, heartbeat) -> heard.put(from, context.clock().nanos()));
        context.timers().every(Duration.ofMillis(500), () -> {
            for (Group.Member member : context.group().members()) {
                if (!member.name().equals(context.self().name())) {
                    context.links().trySend(ProcessId.named(member.name()), ByteBuffer.allocate(1));
                }
            }
            heard.forEach((peer, at) -> {
                if (context.clock().nanos() - at > TIMEOUT.toNanos() && crashed.add(peer)) {
                    listeners.forEach(listener -> listener.crash(peer));
                }
            });
        });
        context.provide(FailureDetector.class, this);
        context.provide(PerfectFailureDetector.class, this);
    }

    @Override
    public boolean suspects(ProcessId process) {
        return crashed.contains(process);
    }

    @Override
    public boolean crashed(ProcessId process) {
        return crashed.contains(process);
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public Subscription listen(SuspicionListener listener) {
        return () -> {};
    }

    @Override
    public Subscription listen(CrashListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
