package dev.rustnet.core.message;

import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.loop.EventLoop;
import java.util.function.BiConsumer;

/**
 * What the parts of one user's typed links share.
 *
 * @param report told what is dropped or refused: the kind of trouble, and a sentence
 */
record TypedParts(
        EventLoop loop,
        LinkSender sender,
        PayloadCodec codec,
        TypedCounters counters,
        HandlerFailures failures,
        BiConsumer<String, String> report) {}
