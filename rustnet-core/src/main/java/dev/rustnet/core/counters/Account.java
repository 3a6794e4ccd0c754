package dev.rustnet.core.counters;

import java.util.function.LongSupplier;

/**
 * The books on the messages that one stream has handed to the link to one other member. At any time of the loop
 * {@code sent = acknowledged + unknown + in-flight}: nothing that a perfect link has taken is dropped by it. What is
 * dropped on arrival, such as duplicates, is counted there and sent again from here, as {@code sent-again}.
 *
 * <p>In the snapshot under {@code <stream>.to.<member>.}: {@code sent}, {@code acknowledged}, {@code unknown} (not
 * acknowledged when the member was removed or its incarnation ended), {@code in-flight}, {@code sent-again}.
 */
public final class Account {
    private final Books books;

    /** @param inFlight reads how many are sent and neither acknowledged nor unknown */
    public Account(Counters counters, String stream, String member, LongSupplier inFlight) {
        books = counters.books(stream, member);
        books.inFlight = inFlight;
    }

    /** Messages were handed to the link for the first time. */
    public void sent(long messages) {
        books.sent += messages;
    }

    /** Messages were handed to the link once more. */
    public void sentAgain(long messages) {
        books.sentAgain += messages;
    }

    /** Messages that were sent have arrived. */
    public void acknowledged(long messages) {
        books.acknowledged += messages;
    }

    /** The fate of messages that were sent will never be known. */
    public void unknown(long messages) {
        books.unknown += messages;
    }
}
