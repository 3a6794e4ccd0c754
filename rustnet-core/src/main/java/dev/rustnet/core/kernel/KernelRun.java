package dev.rustnet.core.kernel;

import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a wired node: it is opened once and stopped once, in good order or as failed. In good order means that what
 * was sent may still arrive, then goodbye, then the components in reverse, then the socket, then the loop.
 */
public final class KernelRun implements NodeParts.Fatal {
    private static final Duration DRAIN_CHECK = Duration.ofMillis(1);
    private static final Duration GOODBYE = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final long FINAL = 0;

    private enum Phase {
        WIRED,
        RUNNING,
        STOPPING,
        STOPPED
    }

    /** An incarnation ended because it could not go on; the message says why. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long former;

        Failed(String report, @Nullable Throwable cause, long former) {
            super(report, cause);
            this.former = former;
        }

        /** Whether the next incarnation is to follow. */
        public boolean anew() {
            return former != FINAL;
        }

        /** The incarnation above which the next one is to be. */
        public long former() {
            return former;
        }
    }

    // Injected
    private final Kernel kernel;
    private final Environment environment;
    private final Runnable closeEnvironment;

    // State
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WIRED);
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile Environment.@Nullable Driver driver;
    private volatile boolean opened;
    private @Nullable Failed failure;
    private volatile List<UnknownOutcome> unknownOutcomes = List.of();

    KernelRun(Kernel kernel, Environment environment, Runnable closeEnvironment) {
        this.kernel = kernel;
        this.environment = environment;
        this.closeEnvironment = closeEnvironment;
    }

    /** Completes when the loop turns and the socket is open. */
    public CompletableFuture<Void> started() {
        return started;
    }

    /** Completes when every configured member has joined. */
    public CompletableFuture<Void> joined() {
        return joined;
    }

    /** Completes when all is closed; with {@link Failed} when the node ended as failed. */
    public CompletableFuture<Void> stopped() {
        return stopped;
    }

    /** What the own broadcasts came to, where that is not known; once it has stopped. */
    public List<UnknownOutcome> unknownOutcomes() {
        return unknownOutcomes;
    }

    public boolean opened() {
        return opened;
    }

    /**
     * Opens the socket and has the loop turned.
     *
     * @throws dev.rustnet.core.plan.StartException when the address cannot be listened on; all is closed then
     */
    public void start() {
        if (!phase.compareAndSet(Phase.WIRED, Phase.RUNNING)) {
            throw new IllegalStateException("a node is started once, and not after it was closed");
        }
        try {
            kernel.links().open(kernel.transport());
        } catch (TransportException e) {
            abandon();
            stopped.complete(null);
            throw Listening.failed(kernel.planned(), e);
        }
        opened = true;
        EventLoop loop = kernel.loop();
        loop.attach(new GuardedPoller(kernel.transport(), kernel::report));
        loop.execute(this::begin);
        Environment.Driver begun = environment.drive(loop, kernel.self().name());
        driver = begun;
        if (phase.get() == Phase.STOPPED) {
            begun.close();
        }
    }

    private int rank(String name) {
        return kernel.group().rank(name).orElseThrow();
    }

    private void begin() {
        kernel.links().start();
        started.complete(null);
        kernel.service(GroupMembership.class)
                .ifPresent(membership -> JoinWatch.watch(
                        membership,
                        kernel.self(),
                        kernel.group(),
                        name -> kernel.links().wanted(rank(name)),
                        joined));
    }

    /** What a transport lets pass is reported, and does not end the loop. */
    private record GuardedPoller(Transport transport, Consumer<Throwable> onError) implements EventLoop.Poller {
        @Override
        public boolean poll(long timeoutNanos) {
            try {
                return transport.poll(timeoutNanos);
            } catch (RuntimeException | Error e) {
                onError.accept(e);
                return true;
            }
        }

        @Override
        public void wakeup() {
            transport.wakeup();
        }
    }

    /** Ends the node as failed. On the loop. */
    @Override
    public void fail(String who, String sentence) {
        Problem problem = Problem.of(ProblemCode.NODE_FAILED, "the node stops, because of " + who + ": " + sentence);
        kernel.log().log(System.Logger.Level.ERROR, problem.toString());
        failed(problem.toString(), null);
    }

    /** Ends this incarnation for the next one. On the loop. */
    @Override
    public void startAnew(String who, String sentence) {
        startAnew(who, sentence, kernel.self().incarnation());
    }

    /**
     * The same, for a next one that is above {@code highest}. On the loop.
     *
     * @param highest at least the present incarnation
     */
    void startAnew(String who, String sentence, long highest) {
        Problem problem = Problem.of(
                        ProblemCode.INCARNATION_ENDED,
                        "the incarnation " + kernel.self().incarnation() + " of "
                                + kernel.self().name() + " ends, because of " + who + ": " + sentence)
                .with("then", "the components start anew, as a new incarnation");
        kernel.log().log(System.Logger.Level.WARNING, problem.toString());
        end(new Failed(problem.toString(), null, highest));
    }

    /** Ends the node as failed, which has been reported already. On the loop. */
    void failed(String report, @Nullable Throwable cause) {
        end(new Failed(report, cause, FINAL));
    }

    private void end(Failed why) {
        if (phase.compareAndSet(Phase.RUNNING, Phase.STOPPING)) {
            failure = why;
            // Not within the handler that failed, and without a goodbye: this is a crash, and shall look like one.
            kernel.loop().later(this::finish);
        }
    }

    /**
     * Stops in good order. Waits until all is closed, unless called on the loop.
     *
     * @param patience how long what was sent may take to arrive
     */
    public void close(Duration patience) {
        if (phase.compareAndSet(Phase.WIRED, Phase.STOPPING)) {
            finish();
            return;
        }
        EventLoop loop = kernel.loop();
        try {
            loop.execute(() -> drain(patience));
        } catch (IllegalStateException e) {
            // The loop has ended already.
        }
        if (!loop.inLoop() || stopped.isDone()) {
            awaitStop(patience);
        }
    }

    private void awaitStop(Duration patience) {
        try {
            stopped.get(patience.plus(GOODBYE).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // It failed before: whoever asked for whenStopped knows.
        } catch (TimeoutException e) {
            kernel.log().log(
                    System.Logger.Level.ERROR,
                    Problem.of(
                                    ProblemCode.LOOP_STUCK,
                                    "the node does not stop: a handler has not returned for " + patience.toMillis()
                                            + " ms and more.")
                            .fix("a handler on the loop must not block; context.blocking() is for that")
                            .toString());
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Environment.Driver turning = driver;
        if (turning != null) {
            turning.close();
        }
    }

    private void drain(Duration patience) {
        if (phase.compareAndSet(Phase.RUNNING, Phase.STOPPING)) {
            long now = kernel.loop().clock().nanos();
            long deadlineNanos = now + patience.toNanos();
            // Half of the time: whoever broadcasts without an end is never drained, and the others need the rest of it.
            awaitDrained(now + patience.toNanos() / 2, () -> leaveGroup(deadlineNanos));
        }
    }

    /** The others go on without this process before it goes; when that takes too long, it goes all the same. */
    private void leaveGroup(long deadlineNanos) {
        AtomicBoolean said = new AtomicBoolean();
        Runnable goodbye = () -> {
            if (said.compareAndSet(false, true)) {
                sayGoodbye();
            }
        };
        long leftNanos = Math.max(0, deadlineNanos - kernel.loop().clock().nanos());
        kernel.loop().timers().after(Duration.ofNanos(leftNanos), goodbye);
        AtomicBoolean awaited = new AtomicBoolean();
        // Where no view has to change this process is gone at once, and what was sent has the rest of the time.
        Runnable gone = () -> {
            if (awaited.get()) {
                goodbye.run();
            } else {
                awaitDrained(deadlineNanos, goodbye);
            }
        };
        kernel.service(GroupMembership.class).ifPresentOrElse(membership -> membership.leave(gone), gone);
        awaited.set(true);
    }

    private void sayGoodbye() {
        kernel.links().leave();
        awaitDrained(kernel.loop().clock().nanos() + GOODBYE.toNanos(), this::finish);
    }

    /** Looks again and again: there is no single event that says that nothing is on its way. */
    private void awaitDrained(long deadlineNanos, Runnable then) {
        kernel.loop().timers().after(DRAIN_CHECK, () -> {
            boolean drained = kernel.links().drained()
                    && kernel.logs().drained()
                    && kernel.messages().drained();
            if (drained || kernel.loop().clock().nanos() - deadlineNanos >= 0) {
                then.run();
            } else {
                awaitDrained(deadlineNanos, then);
            }
        });
    }

    private void finish() {
        abandon();
        Environment.Driver turning = driver;
        if (turning != null) {
            turning.close();
        }
        Failed why = failure;
        if (why == null) {
            stopped.complete(null);
        } else {
            stopped.completeExceptionally(why);
        }
    }

    /** Stops and closes everything at once. */
    void abandon() {
        quietly("components", kernel.components()::stop);
        quietly("broadcasts", () -> unknownOutcomes = kernel.logs().close());
        quietly("messages", kernel.messages()::close);
        quietly("transport", kernel.transport()::close);
        kernel.loop().close();
        quietly("environment", closeEnvironment);
        phase.set(Phase.STOPPED);
        IllegalStateException over = new IllegalStateException("the node has stopped");
        started.completeExceptionally(over);
        joined.completeExceptionally(over);
    }

    private void quietly(String what, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException | Error e) {
            kernel.log().log(System.Logger.Level.ERROR, "the " + what + " cannot be closed in good order", e);
        }
    }
}
