package dev.rustnet.testkit.fake;

import dev.rustnet.bus.Subscription;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.ProcessId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Suspects, restores and declares crashed whom a test names. */
public final class FakeFailureDetector implements FailureDetector, PerfectFailureDetector {
    // Injected
    private final Duration timeout;

    // State
    private final Set<ProcessId> suspects = new LinkedHashSet<>();
    private final Set<ProcessId> crashed = new LinkedHashSet<>();
    private final List<SuspicionListener> suspicionListeners = new ArrayList<>();
    private final List<CrashListener> crashListeners = new ArrayList<>();

    public FakeFailureDetector(Duration timeout) {
        this.timeout = timeout;
    }

    /** The process is suspected from now on. */
    public void suspect(ProcessId process) {
        if (suspects.add(process)) {
            List.copyOf(suspicionListeners).forEach(listener -> listener.suspect(process));
        }
    }

    /** The process is suspected no more. */
    public void restore(ProcessId process) {
        if (suspects.remove(process)) {
            List.copyOf(suspicionListeners).forEach(listener -> listener.restore(process));
        }
    }

    /** The process has crashed: it is suspected, and declared crashed. */
    public void crash(ProcessId process) {
        suspect(process);
        if (crashed.add(process)) {
            List.copyOf(crashListeners).forEach(listener -> listener.crash(process));
        }
    }

    @Override
    public boolean suspects(ProcessId process) {
        return suspects.contains(process);
    }

    @Override
    public boolean crashed(ProcessId process) {
        return crashed.contains(process);
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Subscription listen(SuspicionListener listener) {
        suspicionListeners.add(listener);
        suspects.forEach(listener::suspect);
        return () -> suspicionListeners.remove(listener);
    }

    @Override
    public Subscription listen(CrashListener listener) {
        crashListeners.add(listener);
        crashed.forEach(listener::crash);
        return () -> crashListeners.remove(listener);
    }
}
