package dev.rustnet.core.link;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.core.counters.Account;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.memory.ChunkPool;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.core.memory.WireName;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.LinkHeader;
import dev.rustnet.link.MessageHandler;
import dev.rustnet.link.PerfectLinks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Perfect point-to-point links of all components: one numbered stream in each direction of each link, acknowledged
 * cumulatively through a link header. A message on the wire: component (32 bits), broadcast headers, payload.
 */
final class PointToPoint implements LogStream, LinkHeader {
    static final String NAME = "point-to-point";

    private static final ByteBuffer NO_HEADERS = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** The sending and the receiving end of one link. */
    private static final class End {
        private final MessageLog unacked;
        private long sent;
        private long sentUpTo;
        private long acked;
        private long ackedAtLastLook;
        private long received;
        private long receivedTold;
        private boolean tell;

        End(ChunkPool pool) {
            unacked = new MessageLog(pool);
        }
    }

    // Injected
    private final LinkLayer links;
    private final LinkSettings settings;
    private final ProcessId self;
    private final Group group;
    private final EventLoop loop;
    private final Stamps stamps;
    private final Counter sentCounter;
    private final Counter receivedCounter;
    private final Counter duplicates;
    private final Counter outOfOrder;
    private final Counter noListener;
    private final Counter unknown;

    // State
    private final End[] ends;
    private final Account[] accounts;
    private long toSelfInFlight;
    private long toSelfBytes;
    private final Map<Integer, MessageHandler> handlers = new HashMap<>();
    private final Map<Integer, String> components = new HashMap<>();
    private final List<Runnable> windowWaiters = new ArrayList<>();
    /** The headers of the message that a handler is being called with. */
    private @Nullable Object @Nullable [] current;

    PointToPoint(
            LinkLayer links,
            LinkSettings settings,
            ProcessId self,
            Group group,
            EventLoop loop,
            ChunkPool pool,
            Stamps stamps,
            Counters counters) {
        this.links = links;
        this.settings = settings;
        this.self = self;
        this.group = group;
        this.loop = loop;
        this.stamps = stamps;
        ends = new End[group.size()];
        accounts = new Account[group.size()];
        for (int rank = 0; rank < ends.length; rank++) {
            ends[rank] = new End(pool);
            int to = rank;
            String member = group.members().get(rank).name();
            accounts[rank] = new Account(
                    counters, NAME, member, () -> member.equals(self.name()) ? toSelfInFlight : inFlight(to));
        }
        sentCounter = counters.counter("point-to-point.sent");
        receivedCounter = counters.counter("point-to-point.received");
        duplicates = counters.counter("point-to-point.dropped.duplicate");
        outOfOrder = counters.counter("point-to-point.dropped.out-of-order");
        noListener = counters.counter("point-to-point.dropped.no-listener");
        unknown = counters.counter("point-to-point.unknown");
    }

    PerfectLinks of(String component) {
        int name = WireName.of(component);
        String other = components.putIfAbsent(name, component);
        if (other != null && !other.equals(component)) {
            throw new IllegalArgumentException("the components " + other + " and " + component
                    + " have the same name on the wire; rename one of them");
        }
        return new PerfectLinks() {
            @Override
            public void onReceive(MessageHandler handler) {
                handlers.put(name, handler);
            }

            @Override
            public boolean trySend(ProcessId to, ByteBuffer message) {
                return PointToPoint.this.trySend(component, name, to, message);
            }

            @Override
            public <T> @Nullable T header(HeaderKey<T> key) {
                return stamps.value(key, current);
            }

            @Override
            public void onWindowOpen(Runnable action) {
                windowWaiters.add(action);
            }
        };
    }

    private boolean trySend(String component, int name, ProcessId to, ByteBuffer message) {
        int length = message.remaining();
        if (length > settings.maxMessageLength()) {
            throw new IllegalArgumentException("a message has at most " + settings.maxMessageLength()
                    + " bytes (rustnet.node.max-message-size), not " + length);
        }
        int rank = group.rank(to.name())
                .orElseThrow(() -> new IllegalArgumentException(to + " is not a member of the group"));
        if (to.name().equals(self.name())) {
            return sendToSelf(rank, component, name, message);
        }
        if (!links.reachable(rank, to)) {
            throw new IllegalArgumentException(to + " counts no more: it crashed, left, or is another incarnation");
        }
        End end = ends[rank];
        // A message larger than the window goes alone.
        if ((inFlight(rank) > 0 && end.unacked.pinned() + length > settings.windowBytes())
                || inFlight(rank) >= settings.windowMessages()) {
            return false;
        }
        ByteBuffer headers = stamps.encode(new BroadcastHeader.Scope(component, 0, self));
        ByteBuffer out = end.unacked.begin(4 + Varint.length(headers.remaining()) + headers.remaining() + length);
        out.putInt(name);
        Varint.write(out, headers.remaining());
        out.put(headers).put(message);
        end.unacked.commit();
        sentCounter.increment();
        accounts[rank].sent(1);
        links.changed(rank);
        return true;
    }

    private long inFlight(int rank) {
        End end = ends[rank];
        return end.unacked.last() - end.acked;
    }

    private boolean sendToSelf(int rank, String component, int name, ByteBuffer message) {
        int length = message.remaining();
        if (toSelfInFlight >= settings.windowMessages()
                || (toSelfInFlight > 0 && toSelfBytes + length > settings.windowBytes())) {
            return false;
        }
        BroadcastHeader.Scope scope = new BroadcastHeader.Scope(component, 0, self);
        ByteBuffer headers = stamps.none() ? NO_HEADERS : stamps.encode(scope);
        ByteBuffer copy = ByteBuffer.allocate(Varint.length(headers.remaining()) + headers.remaining() + length);
        Varint.write(copy, headers.remaining());
        copy.put(headers).put(message).flip();
        sentCounter.increment();
        accounts[rank].sent(1);
        toSelfInFlight++;
        toSelfBytes += length;
        loop.later(() -> {
            toSelfInFlight--;
            toSelfBytes -= length;
            openWindows();
            accounts[rank].acknowledged(1);
            MessageHandler handler = handlers.get(name);
            receivedCounter.increment();
            if (handler == null) {
                noListener.increment();
            } else {
                receiveWith(handler, stamps.none() ? null : scope, self, copy);
            }
        });
        return true;
    }

    /** The incarnation that the link led to is gone: numbering starts anew with the next one. */
    void reset(int rank) {
        End old = ends[rank];
        long lost = old.unacked.last() - old.acked;
        if (lost > 0) {
            unknown.add(lost);
            accounts[rank].unknown(lost);
        }
        old.unacked.close();
        ends[rank] = new End(links.chunks());
        openWindows();
    }

    // LogStream

    @Override
    public int wireName() {
        return WireName.of(NAME);
    }

    @Override
    public boolean fill(int rank, Batch batch) {
        End end = ends[rank];
        long last = end.unacked.last();
        while (end.sent < last && batch.hasRoom()) {
            long from = end.sent + 1;
            end.sent = batch.add(wireName(), 0, 0, end.unacked, from, last);
            if (from <= end.sentUpTo) {
                accounts[rank].sentAgain(Math.min(end.sentUpTo, end.sent) - from + 1);
            }
            end.sentUpTo = Math.max(end.sentUpTo, end.sent);
        }
        return end.sent < last;
    }

    @Override
    public void rewind(int rank) {
        ends[rank].sent = ends[rank].acked;
    }

    @Override
    public boolean stalled(int rank) {
        End end = ends[rank];
        boolean stalled = end.sent > end.acked && end.acked == end.ackedAtLastLook;
        end.ackedAtLastLook = end.acked;
        return stalled;
    }

    @Override
    public boolean settled(int rank) {
        return ends[rank].acked == ends[rank].unacked.last();
    }

    @Override
    public boolean receive(
            int rank, ProcessId from, long view, int source, long first, int count, ByteBuffer messages) {
        End end = ends[rank];
        if (first > end.received + 1) {
            outOfOrder.add(count);
            tellAgain(rank);
            return false;
        }
        long skip = Math.min(end.received + 1 - first, count);
        if (skip > 0) {
            duplicates.add(skip);
            tellAgain(rank);
        }
        int limit = messages.limit();
        for (int i = 0; i < count; i++) {
            int entryEnd = entryEnd(messages, from, first + i);
            if (i >= skip) {
                end.received++;
                receivedCounter.increment();
                receiveOne(from, messages.limit(entryEnd));
                if (ends[rank] != end) {
                    return true; // the handler led to the end of this incarnation's session
                }
            }
            messages.limit(limit).position(entryEnd);
        }
        if (end.received > end.receivedTold) {
            tell(rank, end);
        }
        return count > skip;
    }

    private int entryEnd(ByteBuffer messages, ProcessId from, long number) {
        try {
            int length = Varint.readInt(messages, settings.maxMessageLength() + Stamps.MAX_LENGTH + 8);
            if (length > messages.remaining()) {
                throw new Malformed("it is cut short");
            }
            return messages.position() + length;
        } catch (Malformed e) {
            throw new BadMessage(NAME, from, number, e);
        }
    }

    private void receiveOne(ProcessId from, ByteBuffer message) {
        if (message.remaining() < 5) {
            throw new Malformed("a point-to-point message has no header");
        }
        int name = message.getInt();
        MessageHandler handler = handlers.get(name);
        if (handler == null) {
            noListener.increment();
            return;
        }
        receiveWith(
                handler, stamps.none() ? null : new BroadcastHeader.Scope(componentName(name), 0, from), from, message);
    }

    private void receiveWith(
            MessageHandler handler, BroadcastHeader.@Nullable Scope scope, ProcessId from, ByteBuffer message) {
        @Nullable Object @Nullable [] headers = null;
        if (scope == null) {
            Stamps.skip(message);
        } else {
            headers = decode(scope, message);
        }
        current = headers;
        try {
            handler.receive(from, message.slice());
        } catch (RuntimeException | Error e) {
            loop.report(e);
        } finally {
            current = null;
        }
    }

    private @Nullable Object @Nullable [] decode(BroadcastHeader.Scope scope, ByteBuffer message) {
        try {
            return stamps.decode(scope, message);
        } catch (Malformed e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Malformed("a header of a message for " + scope.service() + " cannot be read: " + e.getMessage());
        }
    }

    private String componentName(int name) {
        return components.getOrDefault(name, "");
    }

    private void tell(int rank, End end) {
        end.tell = true;
        if (end.received - end.receivedTold > settings.windowMessages() / 8) {
            links.changed(rank);
        } else {
            links.changedSoon(rank);
        }
    }

    private void tellAgain(int rank) {
        ends[rank].tell = true;
        links.changedSoon(rank);
    }

    // LinkHeader: the acknowledgement

    @Override
    public String name() {
        return "acknowledged/" + NAME;
    }

    @Override
    public int maxLength() {
        return Varint.MAX_LENGTH;
    }

    @Override
    public void write(int rank, ByteBuffer out) {
        End end = ends[rank];
        if (end.tell) {
            end.tell = false;
            end.receivedTold = end.received;
            Varint.write(out, end.received);
        }
    }

    @Override
    public void read(int rank, ProcessId from, ByteBuffer in) {
        long number = Varint.read(in);
        End end = ends[rank];
        if (number > end.unacked.last()) {
            throw new Malformed(
                    "message " + number + " is acknowledged, but only " + end.unacked.last() + " were sent");
        }
        if (number <= end.acked) {
            return;
        }
        accounts[rank].acknowledged(number - end.acked);
        end.acked = number;
        end.sent = Math.max(end.sent, number);
        end.unacked.forget(number);
        openWindows();
    }

    private void openWindows() {
        if (!windowWaiters.isEmpty()) {
            List<Runnable> actions = List.copyOf(windowWaiters);
            windowWaiters.clear();
            actions.forEach(loop::later);
        }
    }

    @Override
    public void refresh(int rank) {
        ends[rank].tell = true;
    }
}
