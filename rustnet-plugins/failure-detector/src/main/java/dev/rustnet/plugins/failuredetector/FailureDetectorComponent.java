package dev.rustnet.plugins.failuredetector;

import com.typesafe.config.Config;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import java.time.Duration;

/** Provides the failure detector; the perfect one only where the configuration assumes synchrony. */
public final class FailureDetectorComponent implements NetComponent {
    private static final String HEARTBEAT_INTERVAL = "heartbeat-interval";
    private static final String TIMEOUT = "timeout";
    private static final String ASSUME_SYNCHRONY = "assume-synchrony";
    private static final String NEIGHBOURS = "neighbours";

    @Override
    public Settings settings() {
        return Settings.none()
                .duration(HEARTBEAT_INTERVAL, Duration.ofMillis(10), Duration.ofHours(1))
                .duration(TIMEOUT, Duration.ofMillis(20), Duration.ofHours(24))
                .onOff(ASSUME_SYNCHRONY)
                .number(NEIGHBOURS, 0, 1 << 15);
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        Duration interval = own.getDuration(HEARTBEAT_INTERVAL);
        if (own.getDuration(TIMEOUT).compareTo(interval) <= 0) {
            throw new InvalidSettingException(
                    TIMEOUT,
                    "must be longer than heartbeat-interval (" + own.getString(HEARTBEAT_INTERVAL)
                            + "), or every process would be suspected between two of its heartbeats; three times as long is"
                            + " sensible");
        }
        if (own.getInt(NEIGHBOURS) > 0 && own.getBoolean(ASSUME_SYNCHRONY)) {
            throw new InvalidSettingException(
                    NEIGHBOURS,
                    "cannot be set together with assume-synchrony = true: a crash must then be announced at every process, and"
                            + " only those that watch would");
        }
        ComponentDescriptor.Builder descriptor = ComponentDescriptor.named("failure-detector")
                .provides(FailureDetector.class)
                .agreed(ASSUME_SYNCHRONY)
                .agreed(NEIGHBOURS);
        int neighbours = own.getInt(NEIGHBOURS);
        if (neighbours == 0) {
            descriptor.guarantees("EPFD1 strong completeness", "EPFD2 eventual strong accuracy");
        } else {
            descriptor
                    .guarantees(
                            "EPFD1 strong completeness at the " + neighbours + " that watch",
                            "EPFD2 eventual strong accuracy")
                    .breaks(Assumption.EVENTUALLY_PERFECT_FAILURE_DETECTION, NEIGHBOURS + " = " + neighbours);
        }
        if (own.getBoolean(ASSUME_SYNCHRONY)) {
            // Accuracy then hangs on them: who beats more rarely than another waits would be declared dead.
            descriptor
                    .provides(PerfectFailureDetector.class)
                    .agreed(HEARTBEAT_INTERVAL)
                    .agreed(TIMEOUT)
                    .guarantees("PFD1 strong completeness", "PFD2 strong accuracy")
                    .assumes(Assumption.BOUNDED_DELAYS);
        } else {
            descriptor
                    .assumes(Assumption.EVENTUALLY_BOUNDED_DELAYS)
                    .providesWith(
                            ASSUME_SYNCHRONY + " = true",
                            PerfectFailureDetector.class,
                            "pauses and delays are always shorter than its timeout");
        }
        return descriptor.build();
    }

    @Override
    public void start(ComponentContext context) {
        Config own = context.config();
        HeartbeatFailureDetector detector = new HeartbeatFailureDetector(
                context.group(),
                context.self(),
                context.transport(),
                context.clock(),
                context.topics(),
                own.getDuration(HEARTBEAT_INTERVAL),
                own.getDuration(TIMEOUT),
                own.getBoolean(ASSUME_SYNCHRONY),
                own.getInt(NEIGHBOURS));
        detector.start(context.timers());
        context.provide(FailureDetector.class, detector);
        if (own.getBoolean(ASSUME_SYNCHRONY)) {
            context.provide(PerfectFailureDetector.class, detector);
        }
    }
}
