package dev.rustnet.core.log;

import dev.rustnet.core.loop.EventLoop;
import java.util.Arrays;

/**
 * Runs of messages that protocols have handed over to delivery, over all logs of a node, in the order of handing over.
 * Each turn delivers for as long as its time budget lasts, at least one message; the rest waits for the next turn.
 */
final class DeliveryQueue implements DeliveryPath, EventLoop.TurnWork {
    // Injected
    private final EventLoop loop;
    private final long budgetNanos;

    // State: a ring of runs; a power of two
    private RetainedBroadcastLog[] logs = new RetainedBroadcastLog[16];
    private int[] sources = new int[16];
    private long[] upTos = new long[16];
    private int head;
    private int count;

    DeliveryQueue(EventLoop loop, long budgetNanos) {
        this.loop = loop;
        this.budgetNanos = budgetNanos;
    }

    @Override
    public void add(RetainedBroadcastLog log, int source, long upTo) {
        if (count > 0) {
            int last = (head + count - 1) & (logs.length - 1);
            if (logs[last] == log && sources[last] == source) {
                upTos[last] = upTo;
                return;
            }
        }
        if (count == logs.length) {
            grow();
        }
        int index = (head + count) & (logs.length - 1);
        logs[index] = log;
        sources[index] = source;
        upTos[index] = upTo;
        count++;
    }

    private void grow() {
        int length = logs.length;
        RetainedBroadcastLog[] moreLogs = Arrays.copyOf(logs, length * 2);
        int[] moreSources = Arrays.copyOf(sources, length * 2);
        long[] moreUpTos = Arrays.copyOf(upTos, length * 2);
        for (int i = 0; i < count; i++) {
            int from = (head + i) & (length - 1);
            moreLogs[i] = logs[from];
            moreSources[i] = sources[from];
            moreUpTos[i] = upTos[from];
        }
        logs = moreLogs;
        sources = moreSources;
        upTos = moreUpTos;
        head = 0;
    }

    @Override
    public boolean busy() {
        return count > 0;
    }

    @Override
    public boolean pending() {
        return count > 0;
    }

    @Override
    public void run() {
        long deadline = loop.preciseNanos() + budgetNanos;
        boolean inTime = true;
        while (inTime && count > 0) {
            RetainedBroadcastLog log = logs[head];
            int source = sources[head];
            inTime = log.deliverUntil(source, upTos[head], deadline);
            // A handler may have added to this very run, or moved the ring: look again before it is taken off.
            if (log.consumedHere(source) >= upTos[head]) {
                head = (head + 1) & (logs.length - 1);
                count--;
            }
        }
    }
}
