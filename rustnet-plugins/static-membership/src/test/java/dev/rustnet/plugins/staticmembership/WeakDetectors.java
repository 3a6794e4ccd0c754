package dev.rustnet.plugins.staticmembership;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Twins of the failure detector that are wrong on purpose: a scenario that they pass proves nothing. */
final class WeakDetectors {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private WeakDetectors() {}

    /** Incomplete: for it, everybody lives for ever. */
    static final class NeverSuspects extends Weak {}

    /** Inaccurate: a connection that breaks is a crash. */
    static final class TakesResetForCrash extends Weak {
        @Override
        void watch(ComponentContext context) {
            context.transport().listen(new FairLossLinks.ConnectionListener() {
                @Override
                public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
                    suspect(peer);
                }
            });
        }
    }

    /** Compares the time of the last byte with the present one, although it has not read its sockets for long. */
    static final class ForgetsItWasPaused extends TimesSilence {
        ForgetsItWasPaused() {
            super(TIMEOUT);
        }
    }

    /** Watches those whom it has met itself, and takes no suspicion back. */
    static final class KnowsOnlyWhomItMet extends TimesSilence {
        KnowsOnlyWhomItMet() {
            super(TIMEOUT);
        }
    }

    /** Calls it silence when two heartbeats are missing. */
    static final class Impatient extends TimesSilence {
        Impatient() {
            super(TIMEOUT.dividedBy(2));
        }
    }

    /** Detects, but later than it says. */
    static final class Slow extends TimesSilence {
        Slow() {
            super(TIMEOUT.multipliedBy(2));
        }
    }

    /** Measures silence with a clock that can jump. */
    static final class ReadsTheWallClock extends TimesSilence {
        private final Map<String, Instant> heard = new HashMap<>();

        ReadsTheWallClock() {
            super(TIMEOUT);
        }

        @Override
        void heard(ComponentContext context, ProcessId from) {
            heard.put(from.name(), context.clock().now());
        }

        @Override
        Duration silence(ComponentContext context, ProcessId peer) {
            Instant now = context.clock().now();
            return Duration.between(heard.getOrDefault(peer.name(), now), now);
        }
    }

    /** Suspects who is not there within the timeout, as if it had been. */
    static final class SuspectsWhomItNeverMet extends Weak {
        @Override
        void watch(ComponentContext context) {
            context.timers().after(TIMEOUT, () -> {
                for (Group.Member member : context.group().members()) {
                    int rank = context.group().rank(member.name()).orElseThrow();
                    if (!member.name().equals(context.self().name())
                            && !context.transport().connected(rank)) {
                        suspect(ProcessId.named(member.name()));
                    }
                }
            });
        }
    }

    private abstract static class TimesSilence extends Weak {
        private final Duration longest;

        TimesSilence(Duration longest) {
            this.longest = longest;
        }

        Duration silence(ComponentContext context, ProcessId peer) {
            int rank = context.group().rank(peer.name()).orElseThrow();
            return Duration.ofNanos(
                    context.clock().nanos() - context.transport().lastHeardNanos(rank));
        }

        @Override
        void watch(ComponentContext context) {
            Set<ProcessId> met = new LinkedHashSet<>();
            context.transport().listen(new FairLossLinks.ConnectionListener() {
                @Override
                public void up(int rank, ProcessId peer) {
                    met.add(peer);
                }
            });
            context.timers().every(Duration.ofMillis(500), () -> {
                for (ProcessId peer : met) {
                    int rank = context.group().rank(peer.name()).orElseThrow();
                    context.transport().send(rank, ByteBuffer.allocate(1));
                    if (silence(context, peer).compareTo(longest) > 0) {
                        suspect(peer);
                    }
                }
            });
        }
    }

    private abstract static class Weak implements NetComponent, FailureDetector, PerfectFailureDetector {
        private final FailureDetectorComponent original = new FailureDetectorComponent();
        private final Set<ProcessId> suspects = new LinkedHashSet<>();
        private final List<SuspicionListener> suspicionListeners = new ArrayList<>();
        private final List<CrashListener> crashListeners = new ArrayList<>();

        void watch(ComponentContext context) {}

        void heard(ComponentContext context, ProcessId from) {}

        void suspect(ProcessId process) {
            if (suspects.add(process)) {
                suspicionListeners.forEach(listener -> listener.suspect(process));
                crashListeners.forEach(listener -> listener.crash(process));
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
            context.provide(FailureDetector.class, this);
            if (context.config().getBoolean("assume-synchrony")) {
                context.provide(PerfectFailureDetector.class, this);
            }
            context.transport().onReceive((from, message) -> heard(context, from));
            watch(context);
        }

        @Override
        public boolean suspects(ProcessId process) {
            return suspects.contains(process);
        }

        @Override
        public boolean crashed(ProcessId process) {
            return suspects.contains(process);
        }

        @Override
        public Duration timeout() {
            return TIMEOUT;
        }

        @Override
        public Subscription listen(SuspicionListener listener) {
            suspicionListeners.add(listener);
            return () -> suspicionListeners.remove(listener);
        }

        @Override
        public Subscription listen(CrashListener listener) {
            crashListeners.add(listener);
            return () -> crashListeners.remove(listener);
        }
    }
}
