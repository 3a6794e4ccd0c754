package dev.rustnet.core.log;

import dev.rustnet.bus.TopicBus;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.environment.Environment.Lane;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.ProcessId;
import java.util.function.Function;

/**
 * What all broadcast logs of one node share.
 *
 * @param self the own process
 * @param topics where notices are published
 * @param log for reports
 * @param lanes opens the lane of that name, for handlers apart from the loop
 * @param maxMessageLength the longest payload, in bytes
 */
public record LogParts(
        ProcessId self,
        LinkLayer links,
        EventLoop loop,
        PayloadCodec codec,
        Counters counters,
        DeadLetters deadLetters,
        TopicBus topics,
        System.Logger log,
        Function<String, Lane> lanes,
        int maxMessageLength) {}
