package dev.rustnet.plugins.failuredetector;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Twins of the failure detector that are wrong on purpose: a contract that they pass proves nothing. */
final class WeakDetector implements NetComponent, FailureDetector {
    private final FailureDetectorComponent original = new FailureDetectorComponent();
    private final Set<ProcessId> suspects = new LinkedHashSet<>();
    private final List<SuspicionListener> listeners = new ArrayList<>();
    private final boolean suspectsAtAll;

    private WeakDetector(boolean suspectsAtAll) {
        this.suspectsAtAll = suspectsAtAll;
    }

    /** Incomplete: for it, everybody lives for ever. */
    static WeakDetector neverSuspects() {
        return new WeakDetector(false);
    }

    /** Inaccurate: and it takes nothing back. */
    static WeakDetector takesABrokenConnectionForACrash() {
        return new WeakDetector(true);
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
        context.provide(FailureDetector.class, this);
        if (suspectsAtAll) {
            context.transport().listen(new FairLossLinks.ConnectionListener() {
                @Override
                public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
                    if (suspects.add(peer)) {
                        listeners.forEach(listener -> listener.suspect(peer));
                    }
                }
            });
        }
    }

    @Override
    public boolean suspects(ProcessId process) {
        return suspects.contains(process);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Subscription listen(SuspicionListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
