package dev.rustnet.testkit.fake;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A broadcast log without messages: a test says what was received and acknowledged, and sees what the algorithm sends and
 * delivers. Holds an algorithm to the contract: it delivers nothing that was not received, and nothing twice.
 */
public final class FakeBroadcastLog implements BroadcastLog {
    // Injected
    private final View view;
    private final int self;
    private final BroadcastProtocol protocol;

    // State
    private final long[][] acked;
    private final long[] delivered;
    private final boolean[] removed;
    private final boolean[][] sending;
    private final List<MessageId> deliveries = new ArrayList<>();
    private final Map<MessageId, byte[]> prefixes = new HashMap<>();
    private boolean takesDeliveries = true;

    /** @param self the rank of the own process */
    public FakeBroadcastLog(View view, int self, BroadcastProtocol protocol) {
        int size = view.size();
        this.view = view;
        this.self = self;
        this.protocol = protocol;
        this.acked = new long[size][size];
        this.delivered = new long[size];
        this.removed = new boolean[size];
        this.sending = new boolean[size][size];
    }

    /** The view is in force: to be called once the algorithm is attached to this log. */
    public void installView() {
        protocol.viewInstalled(view);
    }

    /** The messages of {@code source} have arrived here up to {@code upTo}; its own ones, when it is this process. */
    public void receive(int source, long upTo) {
        if (upTo > acked[self][source]) {
            acked[self][source] = upTo;
            protocol.received(source, upTo);
            if (source != self) {
                acknowledge(source, source, upTo);
            }
        }
    }

    /** The messages of {@code source} are here up to {@code upTo}, taken in for the cut of a view: the algorithm is not told. */
    public void receiveSilently(int source, long upTo) {
        acked[self][source] = Math.max(acked[self][source], upTo);
    }

    /** Whether deliveries are taken; while a view ends they are not, until its cut is agreed. */
    public void takeDeliveries(boolean taken) {
        takesDeliveries = taken;
    }

    /** An acknowledgement, perhaps passed on or repeated, says that {@code process} holds {@code source}:1..upTo. */
    public void acknowledge(int process, int source, long upTo) {
        if (process != self && upTo > acked[process][source]) {
            acked[process][source] = upTo;
            protocol.acked(process, source, upTo);
        }
    }

    /** The member counts no more. */
    public void remove(int process) {
        removed[process] = true;
        for (int other = 0; other < view.size(); other++) {
            sending[other][process] = false;
        }
        protocol.removed(process);
    }

    /** All that was delivered, in order. */
    public List<MessageId> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public int self() {
        return self;
    }

    @Override
    public long received(int source) {
        return acked[self][source];
    }

    @Override
    public long acked(int process, int source) {
        return acked[process][source];
    }

    @Override
    public long delivered(int source) {
        return delivered[source];
    }

    @Override
    public boolean removed(int process) {
        return removed[process];
    }

    @Override
    public void send(int source, int to) {
        if (to != self && to != source && !removed[to]) {
            sending[source][to] = true;
        }
    }

    @Override
    public void stopSending(int source, int to) {
        sending[source][to] = false;
    }

    @Override
    public boolean sending(int source, int to) {
        return sending[source][to];
    }

    @Override
    public void deliver(int source, long upTo) {
        if (upTo > acked[self][source]) {
            throw new IllegalStateException("delivers " + view.members().get(source) + "#" + upTo
                    + ", but has received only up to " + acked[self][source]);
        }
        if (!takesDeliveries) {
            return;
        }
        for (long number = delivered[source] + 1; number <= upTo; number++) {
            deliveries.add(new MessageId(view.members().get(source), number));
        }
        delivered[source] = Math.max(delivered[source], upTo);
    }

    /** Sets what stands in front of that message, before it is received. */
    public void prefix(int source, long number, byte[] prefix) {
        prefixes.put(new MessageId(view.members().get(source), number), prefix);
    }

    @Override
    public ByteBuffer prefix(int source, long number) {
        byte[] prefix = prefixes.get(new MessageId(view.members().get(source), number));
        if (prefix == null) {
            throw new IllegalStateException(
                    "the test has set no prefix for " + view.members().get(source) + "#" + number);
        }
        return ByteBuffer.wrap(prefix);
    }

    @Override
    public Channel channel(String name) {
        throw new UnsupportedOperationException("a fake log has no channels");
    }
}
