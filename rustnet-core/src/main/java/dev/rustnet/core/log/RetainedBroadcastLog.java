package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.link.BadMessage;
import dev.rustnet.core.link.Batch;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.link.LogStream;
import dev.rustnet.core.link.Stamps;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.core.memory.WireName;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of one broadcast service: brings together the messages by source ({@link MessageLog}), what is known of who
 * holds them ({@link AckMatrix}, {@link AckHeader}), who is sent what ({@link Cursors}), the own process as a source ({@link
 * OwnBroadcasts}) and the way to the application ({@link ChannelDelivery}).
 */
final class RetainedBroadcastLog implements BroadcastLog, LogStream, MembershipListener, ViewParticipant {
    // Injected
    private final String component;
    private final int wireName;
    private final ProcessId process;
    private final Retention retention;
    private final Acknowledgement acknowledgement;
    private final BroadcastProtocol protocol;
    private final BroadcastLogs.Window bounds;
    private final int maxMessageLength;
    private final int maxEntryLength;
    private final LinkLayer links;
    private final EventLoop loop;
    private final PayloadCodec codec;
    private final DeliveryPath deliveries;
    private final @Nullable LaneDelivery lane;
    private final LogCounters counters;
    private final OwnBroadcasts own;
    private final AckHeader ackHeader;
    private final ChannelDelivery channels;
    private final WindowWatch windowWatch;
    private @Nullable GroupMembership membership;

    /** Where the log stands between two views. */
    private enum Phase {
        /** The view is in force; or there is none yet. */
        OPEN,
        /** The view ends: nothing of it is taken in but its cut; and nothing said about it. */
        STOPPED,
        /** Its cut is being delivered: nothing is taken in. */
        CUT
    }

    // State of the view
    private View view = View.NONE;
    private Phase phase = Phase.OPEN;
    private long[] expected = new long[0];
    private final Supplies supplies = new Supplies();
    private int self = -1;
    private int[] linkRank = new int[0];
    private int[] viewRank = new int[0];
    /** Of whom it is known that the view is in force there, too: before that it would not know what a message is. */
    private boolean[] ready = new boolean[0];

    private MessageLog[] logs = new MessageLog[0];
    private AckMatrix matrix = new AckMatrix(0);
    private Cursors cursors = new Cursors(0, logs, matrix);
    private long[] delivered = new long[0];
    private AckNews news;
    private BroadcastHeader.Scope[] scopes = new BroadcastHeader.Scope[0];

    RetainedBroadcastLog(
            String component,
            BroadcastLogs.Window bounds,
            Retention retention,
            Acknowledgement acknowledgement,
            BroadcastProtocol protocol,
            LogParts parts,
            DeliveryQueue queue,
            BroadcastLogs.DeliverOn deliverOn) {
        this.component = component;
        this.wireName = WireName.of(component);
        this.process = parts.self();
        this.bounds = bounds;
        this.retention = retention;
        this.acknowledgement = acknowledgement;
        this.protocol = protocol;
        this.maxMessageLength = parts.maxMessageLength();
        this.maxEntryLength = maxMessageLength + Stamps.MAX_LENGTH + protocol.maxPrefixLength() + 16;
        this.links = parts.links();
        this.loop = parts.loop();
        this.codec = parts.codec();
        this.counters = new LogCounters(component, parts);
        this.channels = new ChannelDelivery(links.stamps(), this.counters, protocol);
        SendWindow window = new SendWindow(bounds.windowMessages(), bounds.windowBytes());
        lane = deliverOn == BroadcastLogs.DeliverOn.THREAD ? openLane(parts) : null;
        deliveries = lane == null ? queue : lane;
        own = new OwnBroadcasts(component, process, loop, window, this::mustNotWait, this::append);
        news = new AckNews(links, bounds, acknowledgement, self, linkRank);
        windowWatch = new WindowWatch(this, own, parts);
        ackHeader = new AckHeader("acknowledged/" + component, this, this::told);
        links.register(this);
        links.annotate(ackHeader);
        loop.addDoor(own);
    }

    private LaneDelivery openLane(LogParts parts) {
        LaneDelivery opened =
                new LaneDelivery(this, counters, loop, parts.lanes().apply(component));
        loop.beforeTurnEnd(opened);
        loop.addDoor(opened.door());
        return opened;
    }

    /** Where waiting for the window would keep it from ever opening: where messages are consumed. Any thread. */
    private boolean mustNotWait() {
        return loop.inLoop() || (lane != null && lane.inLane());
    }

    String component() {
        return component;
    }

    ProcessId process() {
        return process;
    }

    PayloadCodec codec() {
        return codec;
    }

    AckMatrix matrix() {
        return matrix;
    }

    void attach(GroupMembership decides) {
        membership = decides;
        decides.participate(this);
        decides.listen(this);
    }

    // MembershipListener

    /** The first view of a membership whose view never changes; where views change, {@link #install} came before. */
    @Override
    public void viewInstalled(View installed) {
        if (view.number() == 0) {
            install(installed, new long[installed.size()]);
        }
    }

    // ViewParticipant

    @Override
    public String name() {
        return component;
    }

    /** Whether its messages belong to a view: whether others than their source can bring everybody to the same cut. */
    private boolean bound() {
        return retention == Retention.BY_ALL;
    }

    @Override
    public void stop() {
        if (phase != Phase.OPEN || view.number() == 0) {
            return;
        }
        own.hold();
        if (bound()) {
            phase = Phase.STOPPED;
            supplies.add(new Supply(wireName, view.number(), logs, links.size()));
            expectNothing();
        }
    }

    @Override
    public long[] held() {
        long[] held = new long[logs.length];
        for (int source = 0; source < held.length; source++) {
            held[source] = bound() || source == self ? logs[source].last() : 0;
        }
        return held;
    }

    @Override
    public void expect(long[] cut) {
        expected = cut.clone();
    }

    @Override
    public void expectNothing() {
        expected = new long[logs.length];
    }

    @Override
    public boolean holds(long[] cut) {
        for (int source = 0; bound() && source < logs.length; source++) {
            if (logs[source].last() < cut[source]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void supply(ProcessId lacking, View ending, long[] held, long[] cut) {
        int rank = links.rank(lacking);
        if (rank >= 0 && lacking.equals(links.process(rank)) && supplies.send(ending.number(), rank, held, cut)) {
            links.want(rank);
            links.changed(rank);
        }
    }

    @Override
    public boolean cut(long[] cut) {
        own.hold();
        if (phase != Phase.CUT) {
            phase = Phase.CUT;
            if (bound()) {
                deliverCut(cut);
            }
        }
        boolean all = true;
        for (int source = 0; source < logs.length; source++) {
            all &= matrix.consumed(self, source) == delivered[source];
        }
        return all;
    }

    private void deliverCut(long[] cut) {
        expected = cut.clone();
        try {
            protocol.viewEnds(this, cut.clone());
        } catch (RuntimeException | Error e) {
            loop.report(e);
        }
        for (int source = 0; source < cut.length; source++) {
            counters.discarded.add(Math.max(0, cut[source] - delivered[source]));
        }
    }

    @Override
    public void install(View installed, long[] base) {
        int[] former = former(installed);
        MessageLog[] formerLogs = logs;
        AckMatrix formerMatrix = matrix;
        Cursors formerCursors = cursors;
        int formerSelf = self;
        closeAccounts(former, base);
        supplies.closeBefore(view.number());
        view = installed;
        self = installed.rank(process);
        layOut(installed);
        logs = new MessageLog[installed.size()];
        Arrays.setAll(logs, rank -> logAfter(former[rank] < 0 ? null : formerLogs[former[rank]], base[rank]));
        matrix = bound()
                ? AckMatrix.at(base)
                : AckMatrix.goingOn(formerMatrix, former, base, formerSelf < 0 ? -1 : self);
        cursors = new Cursors(wireName, logs, matrix);
        if (!bound()) {
            cursors.goOn(formerCursors, former);
            new Supply(wireName, 0, formerLogs, 0).close(source -> goesOn(former, source));
        }
        delivered = new long[installed.size()];
        Arrays.setAll(delivered, source -> matrix.consumed(self, source));
        if (lane != null) {
            lane.startAt(delivered);
        }
        news = new AckNews(links, bounds, acknowledgement, self, linkRank);
        openAccounts(cursors);
        ackHeader.install(installed.size());
        windowWatch.viewChanged();
        phase = Phase.OPEN;
        channels.viewInstalled(installed, lane);
        protocol.viewInstalled(installed);
        own.stable(matrix.stable(self));
        moveWindow();
        own.release();
        tellEverybodyOfTheView();
    }

    /** For each rank of the new view, the rank that this very process had in the one before, or -1. */
    private int[] former(View installed) {
        int[] former = new int[installed.size()];
        for (int rank = 0; rank < former.length; rank++) {
            former[rank] = view.rank(installed.members().get(rank));
        }
        return former;
    }

    private static boolean goesOn(int[] former, int source) {
        return Arrays.stream(former).anyMatch(rank -> rank == source);
    }

    private MessageLog logAfter(@Nullable MessageLog former, long base) {
        if (former == null) {
            return new MessageLog(links.chunks(), base, 0);
        }
        // What belongs to the view that ends stays apart, for those that lack some of it.
        return bound() ? new MessageLog(links.chunks(), base, former.pinnedSoFar()) : former;
    }

    /** Ranks in the view, ranks in the group, and who is who. */
    private void layOut(View installed) {
        int size = installed.size();
        linkRank = new int[size];
        viewRank = new int[links.size()];
        Arrays.fill(viewRank, -1);
        ready = new boolean[size];
        scopes = new BroadcastHeader.Scope[size];
        for (int rank = 0; rank < size; rank++) {
            linkRank[rank] = links.rank(installed.members().get(rank));
            viewRank[linkRank[rank]] = rank;
            scopes[rank] = scope(processOf(rank));
        }
    }

    /** Messages that are not bound to a view may be read in a later one: their headers must not build on others. */
    private BroadcastHeader.Scope scope(ProcessId source) {
        return new BroadcastHeader.Scope(component, bound() ? view.number() : 0, source);
    }

    private void closeAccounts(int[] former, long[] base) {
        long[] cut = new long[logs.length];
        for (int rank = 0; rank < former.length; rank++) {
            if (former[rank] >= 0) {
                cut[former[rank]] = base[rank];
            }
        }
        for (int rank = 0; rank < logs.length; rank++) {
            if (!goesOn(former, rank)) {
                cursors.closeAll(rank);
            } else if (bound()) {
                cursors.settle(rank, cut);
            }
        }
    }

    private void tellEverybodyOfTheView() {
        for (int rank = 0; rank < linkRank.length; rank++) {
            if (rank != self) {
                links.changed(linkRank[rank]);
            }
        }
    }

    @Override
    public void settled() {
        supplies.closeBefore(view.number());
    }

    /** That member has the view in force, too: it can be told and sent everything, as after a new connection. */
    void ready(int member) {
        if (!ready[member]) {
            ready[member] = true;
            cursors.rewind(member);
            ackHeader.repeatAll(member);
            links.changed(linkRank[member]);
        }
    }

    /** Whether this log may say what it holds. */
    boolean silent() {
        return phase != Phase.OPEN || view.number() == 0;
    }

    private void openAccounts(Cursors of) {
        for (int rank = 0; rank < logs.length; rank++) {
            int to = rank;
            if (to != self) {
                of.keep(to, counters.account(processOf(to).name(), () -> of.inFlight(to)));
            }
        }
    }

    @Override
    public void joined(int rank, ProcessId joined) {
        if (rank >= 0) {
            scopes[rank] = scope(joined);
        }
    }

    @Override
    public void removed(int rank, ProcessId removed, Removal reason) {
        if (rank < 0) {
            return; // a view without it is in force
        }
        matrix.remove(rank);
        cursors.closeAll(rank);
        protocol.removed(rank);
        for (int source = 0; source < logs.length; source++) {
            forget(source);
        }
        moveWindow();
    }

    ProcessId processOf(int rank) {
        ProcessId member = view.members().get(rank);
        return member.known() || membership == null ? member : membership.process(rank);
    }

    // BroadcastLog

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
        return logs[source].last();
    }

    @Override
    public long acked(int member, int source) {
        return matrix.acked(member, source);
    }

    @Override
    public long delivered(int source) {
        return delivered[source];
    }

    @Override
    public boolean removed(int member) {
        return matrix.removed(member);
    }

    @Override
    public void send(int source, int to) {
        if (to == self || to == source || matrix.removed(to)) {
            return;
        }
        cursors.open(source, to);
        if (cursors.waits(source, to)) {
            links.changed(linkRank[to]);
        }
    }

    @Override
    public void stopSending(int source, int to) {
        cursors.close(source, to);
    }

    @Override
    public boolean sending(int source, int to) {
        return cursors.isOpen(source, to);
    }

    @Override
    public void deliver(int source, long upTo) {
        if (upTo > logs[source].last()) {
            throw new IllegalStateException("message " + upTo + " of " + processOf(source)
                    + " cannot be delivered: it was received up to " + logs[source].last());
        }
        if (upTo > delivered[source] && takesDeliveries(source, upTo)) {
            delivered[source] = upTo;
            deliveries.add(this, source, upTo);
        }
    }

    private boolean takesDeliveries(int source, long upTo) {
        return phase == Phase.OPEN || (phase == Phase.CUT && upTo <= expected[source]);
    }

    @Override
    public ByteBuffer prefix(int source, long number) {
        return channels.prefix(logs[source], number);
    }

    @Override
    public Channel channel(String name) {
        return channels.channel(this, name);
    }

    // The own process as a source

    long broadcast(int channel, byte[] payload, @Nullable TrackedMessage tracked) {
        checkLength(payload);
        return own.broadcast(channel, payload, tracked);
    }

    long tryBroadcast(int channel, byte[] payload, @Nullable TrackedMessage tracked) {
        checkLength(payload);
        return own.tryBroadcast(channel, payload, tracked);
    }

    private void checkLength(byte[] payload) {
        if (payload.length > maxMessageLength) {
            throw new IllegalArgumentException("a message has at most " + maxMessageLength
                    + " bytes (rustnet.node.max-message-size), not " + payload.length);
        }
    }

    void onWindowOpen(Runnable action) {
        if (loop.inLoop()) {
            own.onWindowOpen(action);
        } else {
            loop.execute(() -> own.onWindowOpen(action));
        }
    }

    private void append(long number, int channel, byte[] payload, int length) {
        MessageLog log = logs[self];
        channels.encode(log, scopes[self], channel, payload, length);
        long committed = log.commit();
        if (committed != number) {
            throw new IllegalStateException("message " + number + " was appended as " + committed);
        }
        own.window().appended(number, length, log.pinnedSoFar());
        counters.broadcast.increment();
        matrix.raiseAcked(self, self, number);
        for (int to = 0; to < logs.length; to++) {
            if (cursors.isOpen(self, to)) {
                links.changed(linkRank[to]);
            }
        }
        protocolReceived(self, number);
    }

    // LogStream

    @Override
    public int wireName() {
        return wireName;
    }

    /** The rank in the view of the process that the link leads to; -1 when that is no member, but another incarnation. */
    int viewRank(int rank) {
        int member = rank < viewRank.length ? viewRank[rank] : -1;
        if (member < 0) {
            return -1;
        }
        long incarnation = view.members().get(member).incarnation();
        boolean same = incarnation == ProcessId.UNKNOWN
                || incarnation == links.process(rank).incarnation();
        return same ? member : -1;
    }

    @Override
    public boolean fill(int rank, Batch batch) {
        boolean more = supplies.fill(rank, batch);
        int to = viewRank(rank);
        if (to >= 0 && ready[to] && phase == Phase.OPEN) {
            more |= cursors.fill(view.number(), to, batch);
        }
        return more;
    }

    @Override
    public void rewind(int rank) {
        int to = viewRank(rank);
        if (to >= 0) {
            cursors.rewind(to);
        }
    }

    @Override
    public boolean stalled(int rank) {
        int to = viewRank(rank);
        return to >= 0 && phase == Phase.OPEN && cursors.stalled(to);
    }

    @Override
    public boolean settled(int rank) {
        int to = viewRank(rank);
        return to < 0 || phase != Phase.OPEN || matrix.removed(to) || matrix.acked(to, self) == logs[self].last();
    }

    /** Also where the link has led to nobody yet, or to a former incarnation: how else could it lead to the member? */
    @Override
    public boolean owes(int rank) {
        int to = rank < viewRank.length ? viewRank[rank] : -1;
        return to >= 0 && phase == Phase.OPEN && cursors.owes(to);
    }

    @Override
    public boolean receive(
            int rank, ProcessId from, long messageView, int source, long first, int count, ByteBuffer messages) {
        int peer = viewRank(rank);
        if (peer < 0 || messageView != view.number()) {
            counters.otherView(messageView > view.number(), count);
            return false;
        }
        if (source >= logs.length) {
            throw new Malformed("a message comes from member " + source + " of " + logs.length);
        }
        if (phase != Phase.OPEN) {
            return receiveCut(source, first, count, messages);
        }
        long before = logs[source].last();
        long last = first + count - 1;
        if (source == self || last <= before) {
            counters.duplicates.add(count);
            tellAgain(rank, peer);
            told(peer, peer, source, last, 0);
            return false;
        }
        if (first > before + 1) {
            counters.outOfOrder.add(count);
            tellAgain(rank, peer);
            return false;
        }
        int skip = (int) (before + 1 - first);
        if (overWindow(logs[source], count - skip, messages.remaining())) {
            counters.overWindow.add(count);
            return false;
        }
        counters.duplicates.add(skip);
        try {
            logs[source].appendRun(messages, count, skip, maxEntryLength);
        } catch (Malformed e) {
            throw new BadMessage(component, processOf(source), logs[source].last() + 1, e);
        } finally {
            received(peer, source, before);
        }
        return true;
    }

    /** The view ends: what belongs to its cut is taken in, and only the one who asks for it is told. */
    private boolean receiveCut(int source, long first, int count, ByteBuffer messages) {
        long before = logs[source].last();
        long last = Math.min(first + count - 1, phase == Phase.STOPPED ? expected[source] : 0);
        if (first > before + 1 || last <= before) {
            counters.ended.add(count);
            return false;
        }
        int wanted = (int) (last - first + 1);
        int skip = (int) (before + 1 - first);
        counters.ended.add(count - wanted);
        counters.duplicates.add(skip);
        try {
            logs[source].appendRun(messages, wanted, skip, maxEntryLength);
        } catch (Malformed e) {
            throw new BadMessage(component, processOf(source), logs[source].last() + 1, e);
        } finally {
            counters.received.add(logs[source].last() - before);
            matrix.raiseAcked(self, source, logs[source].last());
        }
        return true;
    }

    /** Whether that is more than a source that keeps to its window can ever have outstanding. */
    private boolean overWindow(MessageLog log, int count, int length) {
        long messages = log.last() - log.first() + 1 + count;
        return messages > 2L * bounds.windowMessages()
                || log.bytes() + length > 2L * bounds.windowBytes() + maxMessageLength;
    }

    private void received(int peer, int source, long before) {
        long last = logs[source].last();
        if (last == before) {
            return;
        }
        counters.received.add(last - before);
        matrix.raiseAcked(self, source, last);
        news.received();
        relay(source);
        protocolReceived(source, last);
        told(peer, peer, source, last, 0);
        told(peer, source, source, last, 0); // whoever passed it on, its source holds it
    }

    private void relay(int source) {
        for (int to = 0; to < logs.length; to++) {
            if (cursors.waits(source, to)) {
                links.changed(linkRank[to]);
            }
        }
    }

    /** What was told to that peer seems not to have arrived. */
    private void tellAgain(int rank, int peer) {
        ackHeader.repeatOwnRow(peer);
        links.changedSoon(rank);
    }

    // Acknowledgements

    private void told(int from, int member, int source, long acked, long consumed) {
        if (member == self || phase != Phase.OPEN) {
            return; // nobody knows that better than this process; or the view ends, and its cut says it all
        }
        if (source == self && acked > logs[self].last()) {
            throw new Malformed(
                    "message " + acked + " is acknowledged, but only " + logs[self].last() + " were broadcast");
        }
        long before = matrix.acked(member, source);
        boolean held = matrix.raiseAcked(member, source, acked);
        boolean room = matrix.raiseConsumed(member, source, Math.min(consumed, acked));
        if (held) {
            cursors.acked(source, member, before, acked);
            protocolAcked(member, source, acked);
            forget(source);
        }
        if (room && source == self) {
            moveWindow();
        }
    }

    private void moveWindow() {
        own.consumedByAll(matrix.consumedByAll(self));
        windowWatch.moved();
    }

    private void forget(int source) {
        long held = matrix.consumed(self, source);
        if (retention == Retention.BY_ALL || source == self) {
            long stable = matrix.stable(source);
            held = Math.min(held, stable);
            if (source == self) {
                own.stable(stable);
            }
        }
        logs[source].forget(held);
    }

    // Delivery

    long consumedHere(int source) {
        return matrix.consumed(self, source);
    }

    /** Delivers messages of {@code source} up to {@code upTo}, at least one; returns whether the deadline is still ahead. */
    boolean deliverUntil(int source, long upTo, long deadlineNanos) {
        ProcessId sender = processOf(source);
        long first = matrix.consumed(self, source) + 1;
        long next = first;
        long bytes = 0;
        boolean inTime = true;
        while (next <= upTo && inTime) {
            bytes += logs[source].length(next);
            channels.deliver(logs[source], next, scopes[source], sender);
            matrix.raiseConsumed(self, source, next);
            next++;
            inTime = loop.preciseNanos() - deadlineNanos < 0;
        }
        consumed(source, next - 1, next - first, bytes);
        return inTime;
    }

    /** The handlers of {@code count} messages have returned. */
    void consumed(int source, long upTo, long count, long bytes) {
        matrix.raiseConsumed(self, source, upTo);
        if (source == self) {
            own.delivered(upTo);
            moveWindow();
        } else {
            news.consumed(source, count, bytes);
        }
        forget(source);
    }

    LaneMessage copy(int source, long number, LaneDelivery to) {
        return channels.copy(to, source, logs[source], number, scopes[source], processOf(source));
    }

    /** Whether handlers apart from the loop have something to do. */
    boolean delivering() {
        return lane != null && lane.busy();
    }

    void countOtherView(long said) {
        counters.otherView(said > view.number(), 1);
    }

    // Looking after it

    /** Tells who holds the window when broadcasts wait; at a steady pace. */
    void lookAfterWindow() {
        if (phase == Phase.OPEN && view.number() > 0) {
            windowWatch.look();
        }
    }

    /** What its user hears next is a view, where there is one already. On the loop. */
    void tellView(BroadcastChannel channel) {
        if (view.number() > 0) {
            channels.tellView(channel, view, lane);
        }
    }

    EventLoop loop() {
        return loop;
    }

    /** @return the own broadcasts whose outcome is not known */
    Optional<UnknownOutcome> close() {
        long last = own.close();
        if (lane != null) {
            lane.close();
        }
        long known = self < 0 ? 0 : knownOutcomes();
        return last > known ? Optional.of(new UnknownOutcome(component, process, known + 1, last)) : Optional.empty();
    }

    /** The own messages up to which it is certain that every correct member delivers them. */
    private long knownOutcomes() {
        long held = matrix.stable(self);
        // Delivered here, after others had acknowledged it, is delivered everywhere; else only what all hold is.
        return acknowledgement == Acknowledgement.TO_ALL ? Math.max(held, delivered[self]) : held;
    }

    private void protocolReceived(int source, long upTo) {
        try {
            protocol.received(source, upTo);
        } catch (RuntimeException | Error e) {
            loop.report(e);
        }
    }

    private void protocolAcked(int member, int source, long upTo) {
        try {
            protocol.acked(member, source, upTo);
        } catch (RuntimeException | Error e) {
            loop.report(e);
        }
    }
}
