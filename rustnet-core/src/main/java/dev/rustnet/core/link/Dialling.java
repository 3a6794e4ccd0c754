package dev.rustnet.core.link;

import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.time.Timer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When each peer is dialled: at once, and after each failure after a pause that doubles, with jitter, up to a cap. A
 * connection that ends soon and has brought nothing is a failure, too.
 */
final class Dialling {
    /** Gives the process whose name comes first time to dial, so that mostly only one of two does. */
    private static final Duration COURTESY = Duration.ofMillis(100);

    private static final class State {
        private long pauseNanos;
        private boolean gaveWay;
        private @Nullable Timer timer;
    }

    // Injected
    private final EventLoop loop;
    private final RandomGenerator random;
    private final long minNanos;
    private final long maxNanos;
    private final Predicate<Peer> wanted;
    private final Predicate<Peer> isCalledBy;
    private final Consumer<Peer> dial;

    // State
    private final State[] states;

    /**
     * @param wanted whether that peer is to be dialled now, asked when its pause is over
     * @param isCalledBy whether a call that is said to be that peer's is under way; a dial gives way to it once
     * @param dial dials it
     */
    Dialling(
            EventLoop loop,
            RandomGenerator random,
            LinkSettings settings,
            int peers,
            Predicate<Peer> wanted,
            Predicate<Peer> isCalledBy,
            Consumer<Peer> dial) {
        this.loop = loop;
        this.random = random;
        this.minNanos = settings.dialBackoffMin().toNanos();
        this.maxNanos = settings.dialBackoffMax().toNanos();
        this.wanted = wanted;
        this.isCalledBy = isCalledBy;
        this.dial = dial;
        states = new State[peers];
        for (int rank = 0; rank < peers; rank++) {
            states[rank] = new State();
            states[rank].pauseNanos = minNanos;
        }
    }

    void first(Peer peer, boolean mine) {
        after(peer, mine ? 0 : COURTESY.toNanos());
    }

    /** The dial or its handshake failed, or the connection did. */
    void failed(Peer peer) {
        State state = states[peer.rank];
        after(peer, jitter(state.pauseNanos));
        state.pauseNanos = Math.min(state.pauseNanos * 2, maxNanos);
    }

    /** Somebody who may have been that peer called in vain: it is dialled, unless that is due anyway. */
    void resume(Peer peer) {
        State state = states[peer.rank];
        if (state.timer == null) {
            after(peer, jitter(state.pauseNanos));
        }
    }

    /** One side did not accept the other: that does not change soon. */
    void turnedDown(Peer peer) {
        states[peer.rank].pauseNanos = maxNanos;
        after(peer, jitter(maxNanos));
    }

    /** The handshake is done. What the connection is worth shows when it ends. */
    void succeeded(Peer peer) {
        cancel(peer);
    }

    /** A connection that stood has ended. */
    void ended(Peer peer) {
        if (peer.fruitful(maxNanos)) {
            states[peer.rank].pauseNanos = minNanos;
            after(peer, random.nextLong(minNanos / 4 + 1));
        } else {
            failed(peer);
        }
    }

    /** It is needed now, and was not before: it is dialled, unless that is due anyway. */
    void needed(Peer peer, boolean mine) {
        if (states[peer.rank].timer == null && wanted.test(peer)) {
            first(peer, mine);
        }
    }

    /** Somebody wants to know now. */
    void now(Peer peer) {
        after(peer, 0);
    }

    void cancel(Peer peer) {
        State state = states[peer.rank];
        if (state.timer != null) {
            state.timer.cancel();
            state.timer = null;
        }
    }

    private long jitter(long nanos) {
        return nanos / 2 + random.nextLong(nanos / 2 + 1);
    }

    private void after(Peer peer, long nanos) {
        cancel(peer);
        State state = states[peer.rank];
        state.timer = loop.timers().after(Duration.ofNanos(nanos), () -> {
            state.timer = null;
            if (wanted.test(peer)) {
                dialOrGiveWay(peer, state);
            }
        });
    }

    /** Only once: otherwise whoever calls again and again in that peer's name could keep it out. */
    private void dialOrGiveWay(Peer peer, State state) {
        if (isCalledBy.test(peer) && !state.gaveWay) {
            state.gaveWay = true;
            after(peer, COURTESY.toNanos());
        } else {
            state.gaveWay = false;
            dial.accept(peer);
        }
    }
}
