package dev.rustnet.plugins.workload;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.component.Sink;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generates load over a broadcast service, and writes down what happens. */
public final class WorkloadComponent implements NetComponent {
    private static final String OVER = "over";
    private static final String PAYLOAD_BYTES = "payload-bytes";
    private static final String START_WHEN = "start-when";
    private static final long SHORTEST_TICK_NANOS = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    // State
    private final List<Sink> sinks = new ArrayList<>();

    @Override
    public Settings settings() {
        return Settings.none()
                .choice(
                        OVER,
                        "best-effort-broadcast",
                        "reliable-broadcast",
                        "uniform-reliable-broadcast",
                        "causal-broadcast")
                .number("messages", 0, 1_000_000_000)
                .size(PAYLOAD_BYTES, WorkloadPayload.MIN_LENGTH, 16 << 20)
                .number("rate", 0, 1_000_000)
                .number(START_WHEN, 0, 10_000)
                .text("log")
                .duration("progress-interval", Duration.ofMillis(10), Duration.ofHours(1));
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("workload")
                .requires(service(own))
                .requires(GroupMembership.class)
                .requiresOptional(FailureDetector.class)
                .requiresOptional(PerfectFailureDetector.class)
                .agreed(OVER)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        Config own = context.config();
        int startWhen = own.getInt(START_WHEN);
        if (startWhen >= context.group().size()) {
            throw new InvalidSettingException(
                    START_WHEN,
                    "is " + startWhen + ", but the group has only "
                            + (context.group().size() - 1) + " other processes; it would wait for ever");
        }
        GroupMembership membership = context.require(GroupMembership.class);
        EventLog log = eventLog(context, own.getString("log"));
        WorkloadReport report = new WorkloadReport(own.getLong("messages"));
        Workload workload = new Workload(
                new Workload.Plan(own.getLong("messages"), own.getLong("rate"), startWhen),
                new WorkloadPayload(Math.toIntExact(own.getBytes(PAYLOAD_BYTES))),
                context.require(service(own)).channel("workload"),
                context.self(),
                context.clock(),
                context::execute,
                log,
                report);
        membership.listen(new MembershipListener() {
            @Override
            public void viewInstalled(View view) {
                log.view(view);
            }

            @Override
            public void joined(int rank, ProcessId process) {
                log.learnt(process);
                workload.joined();
            }

            @Override
            public void ended(Removal reason) {
                if (reason == Removal.EXCLUDED || !workload.done()) {
                    log.ended();
                }
            }
        });
        logDetections(context, log);
        workload.start();
        if (own.getLong("rate") > 0) {
            long tickNanos = Math.max(SHORTEST_TICK_NANOS, NANOS_PER_SECOND / own.getLong("rate"));
            context.timers().every(Duration.ofNanos(tickNanos), workload::pump);
        }
        context.timers().every(own.getDuration("progress-interval"), () -> report.due()
                .ifPresent(line -> context.log().log(System.Logger.Level.INFO, line)));
    }

    @Override
    public void stop() {
        sinks.forEach(Sink::close);
    }

    private EventLog eventLog(ComponentContext context, String name) {
        if (name.isEmpty()) {
            return new EventLog(context.group(), context.self(), line -> {}, line -> {});
        }
        Sink events = context.sink(name);
        sinks.add(events);
        Sink ids = context.sink(events.name() + ".ids");
        sinks.add(ids);
        return new EventLog(context.group(), context.self(), events::line, ids::line);
    }

    /** Where there is a perfect failure detector, its verdict alone counts. */
    private static void logDetections(ComponentContext context, EventLog log) {
        var perfect = context.find(PerfectFailureDetector.class);
        if (perfect.isPresent()) {
            perfect.get().listen(log::detected);
            return;
        }
        context.find(FailureDetector.class)
                .ifPresent(detector -> detector.listen(new FailureDetector.SuspicionListener() {
                    @Override
                    public void suspect(ProcessId process) {
                        log.detected(process);
                    }

                    @Override
                    public void restore(ProcessId process) {
                        log.restored(process);
                    }
                }));
    }

    private static Class<? extends Broadcast> service(Config own) {
        return switch (own.getString(OVER)) {
            case "best-effort-broadcast" -> BestEffortBroadcast.class;
            case "reliable-broadcast" -> ReliableBroadcast.class;
            case "causal-broadcast" -> CausalBroadcast.class;
            default -> UniformReliableBroadcast.class;
        };
    }
}
