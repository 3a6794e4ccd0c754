package dev.rustnet.core.incarnation;

import dev.rustnet.bus.Subscription;
import dev.rustnet.core.kernel.Kernel;
import java.util.function.Function;

/** A subscription that is made again in each incarnation, until it is cancelled. */
final class LastingSubscription implements Subscription, Lasting {
    // Injected
    private final Incarnations incarnations;
    private final Function<Kernel, Subscription> subscribe;

    // State
    private volatile Subscription present;
    private volatile boolean cancelled;

    private LastingSubscription(Incarnations incarnations, Kernel kernel, Function<Kernel, Subscription> subscribe) {
        this.incarnations = incarnations;
        this.subscribe = subscribe;
        present = subscribe.apply(kernel);
    }

    static Subscription of(Incarnations incarnations, Function<Kernel, Subscription> subscribe) {
        return incarnations.add(kernel -> new LastingSubscription(incarnations, kernel, subscribe));
    }

    @Override
    public void moveTo(Kernel next) {
        if (!cancelled) {
            present = subscribe.apply(next);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        incarnations.remove(this);
        present.cancel();
    }
}
