package dev.rustnet.plugins.groupmembership;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.ProcessId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A perfect detector beside one that suspects soon: who has been suspected without a break for so long has crashed. It is
 * perfect in runs whose faults are shorter, and in no others.
 */
final class PatientDetector implements NetComponent, PerfectFailureDetector {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Duration patience;
    private final Map<ProcessId, Long> suspectedSince = new HashMap<>();
    private final Set<ProcessId> crashed = new LinkedHashSet<>();
    private final CopyOnWriteArrayList<CrashListener> listeners = new CopyOnWriteArrayList<>();

    PatientDetector(Duration patience) {
        this.patience = patience;
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("patient-detector")
                .provides(PerfectFailureDetector.class)
                .requires(FailureDetector.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        context.require(FailureDetector.class).listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(ProcessId process) {
                suspectedSince.put(process, context.clock().nanos());
            }

            @Override
            public void restore(ProcessId process) {
                suspectedSince.remove(process);
            }
        });
        context.timers().every(LOOK, () -> {
            for (Map.Entry<ProcessId, Long> suspected :
                    Map.copyOf(suspectedSince).entrySet()) {
                if (context.clock().nanos() - suspected.getValue() >= patience.toNanos()
                        && crashed.add(suspected.getKey())) {
                    listeners.forEach(listener -> listener.crash(suspected.getKey()));
                }
            }
        });
        context.provide(PerfectFailureDetector.class, this);
    }

    @Override
    public boolean crashed(ProcessId process) {
        return crashed.contains(process);
    }

    @Override
    public Subscription listen(CrashListener listener) {
        listeners.add(listener);
        crashed.forEach(listener::crash);
        return () -> listeners.remove(listener);
    }
}
