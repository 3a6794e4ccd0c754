package dev.rustnet.core.incarnation;

import dev.rustnet.core.kernel.Blueprint;
import dev.rustnet.core.kernel.Kernel;
import dev.rustnet.core.kernel.KernelRun;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The incarnations of one node, one after the other. The next one is planned, wired and started on the thread that turned the loop of
 * the one before, as the last thing that this does. All methods may be called on any thread.
 */
public final class Incarnations {
    // Injected
    private final @Nullable Draft draft;

    // State
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final List<Lasting> lasting = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();
    private final List<BiConsumer<Kernel, String>> listeners = new CopyOnWriteArrayList<>();
    private volatile Kernel kernel;
    private volatile boolean closing;
    private volatile boolean over;

    // State under the lock
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Blueprint blueprint;
    /** The incarnation to which all that lasts has moved. */
    private Kernel settled;
    /** On which the next one is being begun. */
    private @Nullable Thread beginning;

    /**
     * The first incarnation, wired.
     *
     * @param draft plans the next ones; null when whoever keeps the world begins them
     * @param former the highest incarnation of this process so far, above which this one is; 0 when it has had none
     * @throws dev.rustnet.core.plan.StartException when a component fails to start; all is closed then
     */
    public Incarnations(Blueprint blueprint, @Nullable Draft draft, long former) {
        this.draft = draft;
        this.blueprint = blueprint;
        kernel = blueprint.wire(former);
        settled = kernel;
        watch(kernel);
    }

    /** The present incarnation, or the last one. */
    public Kernel present() {
        return kernel;
    }

    /** Completes when the last incarnation has stopped; with {@link KernelRun.Failed} when it ended as failed. */
    public CompletableFuture<Void> stopped() {
        return stopped;
    }

    /** Whether no incarnation follows the last one. */
    boolean over() {
        return over;
    }

    /**
     * Calls {@code listener} with the incarnation and the report when one has ended unasked, before the next one begins or the node
     * has stopped.
     */
    public void onEnd(BiConsumer<Kernel, String> listener) {
        listeners.add(listener);
    }

    /** The service of that interface, which lasts; one that is of another kind than a public interface is that of this incarnation. */
    public <T> Optional<T> service(Class<T> type) {
        Optional<T> present = kernel.service(type);
        if (present.isEmpty() || !type.isInterface() || !Modifier.isPublic(type.getModifiers())) {
            return present;
        }
        return Optional.of(type.cast(services.computeIfAbsent(type, unused -> LastingService.of(this, type))));
    }

    /** Does that in this incarnation, and as soon as it is wired in each that follows. */
    public void inEach(Consumer<Kernel> setting) {
        this.<Lasting>add(in -> {
            setting.accept(in);
            return setting::accept;
        });
    }

    <T extends Lasting> T add(Function<Kernel, T> making) {
        lock.lock();
        try {
            T made = making.apply(kernel);
            lasting.add(made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    void remove(Lasting handle) {
        lasting.remove(handle);
    }

    /** Does that, which an incarnation that has ended refuses: then it is made up for in the next one, if there is one. */
    void unlessBetween(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException e) {
            if (over) {
                throw e;
            }
        }
    }

    /** Stops the present incarnation in good order; none follows it. */
    public void close(Duration patience) {
        closing = true;
        lock.lock();
        try {
            while (beginning != null && beginning != Thread.currentThread()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            // A handler of the last incarnation, for which the next one waits, and which will not begin any more.
            Thread.currentThread().interrupt();
            return;
        } finally {
            lock.unlock();
        }
        kernel.run().close(patience);
    }

    /**
     * Waits for the incarnation that follows {@code ended}. Not on a thread of that one.
     *
     * @throws IllegalStateException when none follows, or the thread is interrupted meanwhile, which stays so
     */
    void awaitAfter(Kernel ended) {
        lock.lock();
        try {
            while (settled == ended && !over) {
                if (Thread.currentThread() == beginning) {
                    throw new IllegalStateException("the next incarnation of this node has not begun yet");
                }
                changed.await();
            }
            if (settled == ended) {
                throw new IllegalStateException("the node has stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the next incarnation of this node", e);
        } finally {
            lock.unlock();
        }
    }

    private void watch(Kernel watched) {
        CompletableFuture<Void> unused = watched.run().stopped().whenComplete((nothing, error) -> {
            if (error == null) {
                end(null);
            } else {
                ended(watched, error);
            }
        });
    }

    private void ended(Kernel former, Throwable error) {
        for (BiConsumer<Kernel, String> listener : listeners) {
            try {
                listener.accept(former, String.valueOf(error.getMessage()));
            } catch (RuntimeException | Error e) {
                former.callbackThrew("listener for the end of incarnations", e);
            }
        }
        Draft next = draft;
        if (next != null && error instanceof KernelRun.Failed failed && failed.anew()) {
            begin(former, failed.former(), next);
        } else {
            end(error);
        }
    }

    private void begin(Kernel former, long highest, Draft next) {
        Blueprint last = enter(Thread.currentThread());
        try {
            last.awaitThreads();
            if (closing) {
                end(null);
                return;
            }
            Blueprint drawn = next.draw(former.address());
            enliven(drawn, drawn.wire(highest));
        } catch (RuntimeException | Error e) {
            end(e);
        } finally {
            enter(null);
        }
    }

    private void enliven(Blueprint drawn, Kernel wired) {
        try {
            present(drawn, wired).forEach(handle -> handle.moveTo(wired));
            settle(wired);
            if (!closing) {
                wired.run().start();
                watch(wired);
                return;
            }
        } catch (RuntimeException | Error e) {
            wired.run().close(Duration.ZERO);
            throw e;
        }
        wired.run().close(Duration.ZERO);
        watch(wired);
    }

    private Blueprint enter(@Nullable Thread begins) {
        lock.lock();
        try {
            beginning = begins;
            changed.signalAll();
            return blueprint;
        } finally {
            lock.unlock();
        }
    }

    private List<Lasting> present(Blueprint drawn, Kernel wired) {
        lock.lock();
        try {
            blueprint = drawn;
            kernel = wired;
            return List.copyOf(lasting);
        } finally {
            lock.unlock();
        }
    }

    private void settle(Kernel wired) {
        lock.lock();
        try {
            settled = wired;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable error) {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (error == null) {
            stopped.complete(null);
        } else {
            stopped.completeExceptionally(error);
        }
    }
}
