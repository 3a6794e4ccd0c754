package dev.rustnet.plugins.workload;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.group.ProcessId;
import dev.rustnet.time.Clock;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Broadcasts numbered messages on one channel, at a rate or as fast as the window allows, and verifies and writes down
 * what is delivered. Used on the loop.
 */
final class Workload {
    private static final int BURST = 128;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * What to do.
     *
     * @param messages how many messages to broadcast
     * @param ratePerSecond 0 for as fast as the window allows
     * @param startWhen how many other processes must have joined before
     */
    record Plan(long messages, long ratePerSecond, int startWhen) {}

    // Injected
    private final Plan plan;
    private final WorkloadPayload payload;
    private final Channel channel;
    private final ProcessId self;
    private final Clock clock;
    private final Consumer<Runnable> later;
    private final EventLog log;
    private final WorkloadReport report;

    // State
    private int joined;
    private boolean startDue;
    private boolean started;
    private boolean pumpDue;
    private boolean windowFull;
    private long startNanos;
    private long next = 1;
    private long logged;

    /** @param later runs an action in a later turn of the loop */
    Workload(
            Plan plan,
            WorkloadPayload payload,
            Channel channel,
            ProcessId self,
            Clock clock,
            Consumer<Runnable> later,
            EventLog log,
            WorkloadReport report) {
        this.plan = plan;
        this.payload = payload;
        this.channel = channel;
        this.self = self;
        this.clock = clock;
        this.later = later;
        this.log = log;
        this.report = report;
    }

    /** The node is starting. */
    void start() {
        channel.onDeliver(this::deliver);
        startIfJoined();
    }

    /** Another process has joined. */
    void joined() {
        joined++;
        startIfJoined();
    }

    private void startIfJoined() {
        if (!startDue && joined >= plan.startWhen()) {
            startDue = true;
            later.accept(() -> {
                started = true;
                startNanos = clock.nanos();
                pump();
            });
        }
    }

    /** Broadcasts what is due, at most a burst of it, so that everything else gets its turn. */
    void pump() {
        if (!started || windowFull || pumpDue) {
            return;
        }
        for (int left = BURST; left > 0 && next <= due(); left--) {
            if (logged < next) {
                log.broadcast(next);
                logged = next;
            }
            if (!channel.tryBroadcast(payload.encode(next, clock.nanos()))) {
                windowFull = true;
                channel.onWindowOpen(() -> {
                    windowFull = false;
                    pump();
                });
                return;
            }
            next++;
            report.broadcast(clock.nanos());
        }
        if (next <= due()) {
            pumpDue = true;
            later.accept(() -> {
                pumpDue = false;
                pump();
            });
        }
    }

    /** Whether all have been broadcast. */
    boolean done() {
        return next > plan.messages();
    }

    /** The number up to which messages should have been broadcast by now. */
    private long due() {
        if (plan.ratePerSecond() == 0) {
            return plan.messages();
        }
        double elapsedSeconds = (clock.nanos() - startNanos) / NANOS_PER_SECOND;
        return Math.min(plan.messages(), 1 + (long) (elapsedSeconds * plan.ratePerSecond()));
    }

    private void deliver(Delivery delivery) {
        ByteBuffer incoming = payload.incoming(delivery.size());
        delivery.copyTo(incoming);
        if (!payload.verify()) {
            report.damaged();
            throw new IllegalStateException(
                    "the payload of " + delivery.id() + " is not what a workload broadcast: its checksum is wrong");
        }
        log.delivered(delivery.source(), payload.seq());
        if (delivery.source().equals(self)) {
            report.ownDelivered(delivery.size(), clock.nanos(), payload.sentNanos());
        } else {
            report.delivered(delivery.size(), clock.nanos());
        }
    }
}
