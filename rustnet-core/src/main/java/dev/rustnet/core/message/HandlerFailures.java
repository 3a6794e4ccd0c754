package dev.rustnet.core.message;

import dev.rustnet.group.ProcessId;

/** Told what a handler of messages throws. On the loop. */
@FunctionalInterface
public interface HandlerFailures {
    /**
     * @param handler what it is, in a word
     * @param from whose message it was called with
     */
    void handlerThrew(String handler, ProcessId from, Throwable error);
}
