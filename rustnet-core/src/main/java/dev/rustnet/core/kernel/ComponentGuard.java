package dev.rustnet.core.kernel;

import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.MessageHandler;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.time.Timer;
import dev.rustnet.time.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a component's name to what its timers, tasks and subscriptions throw, and to what its handlers of messages do. */
final class ComponentGuard {
    // Injected
    private final String component;
    private final Failures failures;
    private final Consumer<String> acts;

    /** @param acts is told the component's name before each */
    ComponentGuard(String component, Failures failures, Consumer<String> acts) {
        this.component = component;
        this.failures = failures;
        this.acts = acts;
    }

    Runnable guard(Runnable action) {
        return () -> {
            acts.accept(component);
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                failures.report(component, e);
            }
        };
    }

    private <T> Consumer<T> guard(Consumer<? super T> handler) {
        return value -> {
            acts.accept(component);
            try {
                handler.accept(value);
            } catch (RuntimeException | Error e) {
                failures.report(component, e);
            }
        };
    }

    Timers guard(Timers timers) {
        return new Timers() {
            @Override
            public Timer after(Duration delay, Runnable action) {
                return timers.after(delay, guard(action));
            }

            @Override
            public Timer every(Duration period, Runnable action) {
                return timers.every(period, guard(action));
            }
        };
    }

    private MessageHandler guard(MessageHandler handler) {
        return (from, message) -> {
            acts.accept(component);
            handler.receive(from, message);
        };
    }

    PerfectLinks guard(PerfectLinks links) {
        return new PerfectLinks() {
            @Override
            public void onReceive(MessageHandler handler) {
                links.onReceive(guard(handler));
            }

            @Override
            public boolean trySend(ProcessId to, ByteBuffer message) {
                return links.trySend(to, message);
            }

            @Override
            public <T> @Nullable T header(HeaderKey<T> key) {
                return links.header(key);
            }

            @Override
            public void onWindowOpen(Runnable action) {
                links.onWindowOpen(guard(action));
            }
        };
    }

    TopicBus guard(TopicBus topics) {
        return new TopicBus() {
            @Override
            public <T> void publish(Topic<T> topic, T notice) {
                topics.publish(topic, notice);
            }

            @Override
            public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
                return topics.subscribe(topic, ComponentGuard.this.<T>guard(handler));
            }
        };
    }
}
