package dev.rustnet.core.link;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.bus.Subscription;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.memory.ChunkPool;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.FairLossLinks.ConnectionListener;
import dev.rustnet.link.FairLossLinks.Ending;
import dev.rustnet.link.LinkHeader;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All links of one node: a {@link Peer} for each other member, the handshakes that connect them, and the streams and
 * headers that travel over them. At the end of a turn each link with news is flushed once.
 *
 * <p>Used on the loop, or while the node is built.
 */
public final class LinkLayer {
    /** The most connections that have not said yet who they are, or not truthfully. */
    public static final int MAX_CALLERS = 128;

    private static final int TICKS_PER_RETRANSMIT = 4;
    private static final int SILENCE_IN_RETRANSMITS = 5;
    private static final int FRAME_HEAD_LENGTH = 128 * 1024;

    // Injected
    private final Identity identity;
    private final LinkSettings settings;
    private final EventLoop loop;
    private final RandomGenerator random;
    private final Counters counters;
    private final Counter unknownComponent;
    private final QuietLog log;
    private final Handshakes handshakes;
    private final Dialling dialling;
    private final ChunkPool chunks = new ChunkPool();
    private final BatchHeads batchHeads = new BatchHeads();
    private final Stamps stamps = new Stamps();
    private final PointToPoint pointToPoint;
    private final Sections sections;
    private final Streams streams = new Streams(this::unknownStream);
    private @Nullable Transport transport;

    // State
    private final @Nullable Peer[] peers;
    private final boolean[] wanted;
    private final int selfRank;
    private final Map<String, LatestMessages> latestMessages = new HashMap<>();
    private final List<ConnectionListener> listeners = new ArrayList<>();
    private int dirtyPeers;
    private boolean soonTimerSet;
    private boolean started;
    private boolean leaving;

    /**
     * @param onRefusal told when a peer lets this incarnation in no more
     */
    public LinkLayer(
            Identity identity,
            LinkSettings settings,
            EventLoop loop,
            RandomGenerator random,
            Counters counters,
            System.Logger log,
            OnRefusal onRefusal) {
        this.identity = identity;
        this.settings = settings;
        this.loop = loop;
        this.random = random;
        this.counters = counters;
        this.log = new QuietLog(log, loop.clock());
        sections = new Sections(loop::report);
        Group group = identity.group();
        selfRank = group.rank(identity.self().name())
                .orElseThrow(() -> new IllegalArgumentException(identity.self() + " is not a member of its group"));
        peers = new Peer[group.size()];
        wanted = new boolean[group.size()];
        Arrays.fill(wanted, !settings.dialOnDemand());
        for (int rank = 0; rank < peers.length; rank++) {
            SilenceWatch silence =
                    new SilenceWatch(TICKS_PER_RETRANSMIT, TICKS_PER_RETRANSMIT * SILENCE_IN_RETRANSMITS);
            peers[rank] = rank == selfRank
                    ? null
                    : new Peer(
                            this,
                            sections,
                            streams,
                            silence,
                            rank,
                            group.members().get(rank));
        }
        unknownComponent = counters.counter("link.dropped.unknown-component");
        dialling = new Dialling(loop, random, settings, peers.length, this::wantsDial, this::isCalledBy, this::dial);
        handshakes = new Handshakes(this, identity, settings, loop, this.log, counters, dialling, onRefusal);
        pointToPoint = new PointToPoint(this, settings, identity.self(), group, loop, chunks, stamps, counters);
        register(pointToPoint);
        annotate(pointToPoint);
        loop.atTurnEnd(new EventLoop.TurnWork() {
            @Override
            public boolean pending() {
                return dirtyPeers > 0;
            }

            @Override
            public void run() {
                flush();
            }
        });
    }

    /** The longest frame that may arrive, for a node with that longest message. */
    public static int maxFrameLength(int maxMessageLength) {
        return FRAME_HEAD_LENGTH + Batch.DATA_LENGTH + maxMessageLength + Stamps.MAX_LENGTH;
    }

    // What components get

    /** Fair-loss messages of that component. */
    public FairLossLinks fairLoss(String component) {
        return latestMessages.computeIfAbsent(component, name -> {
            LatestMessages messages =
                    new LatestMessages(this, name, peers.length, counters.counter(name + ".fair-loss.dropped"));
            sections.add(messages);
            return messages;
        });
    }

    /** Perfect links of that component. */
    public PerfectLinks perfect(String component) {
        return pointToPoint.of(component);
    }

    /** Adds a header to every batch. */
    public LinkHeader.Trigger annotate(LinkHeader header) {
        sections.add(new HeaderSection(header));
        return this::changed;
    }

    /** Adds a header to every broadcast and send. */
    public void stamp(BroadcastHeader<?> header) {
        stamps.add(header);
    }

    // What broadcast logs get

    /** Adds a stream of messages. */
    public void register(LogStream stream) {
        streams.add(stream);
    }

    public ChunkPool chunks() {
        return chunks;
    }

    public Stamps stamps() {
        return stamps;
    }

    /** There is something for that peer: its link is flushed when the turn ends. */
    public void changed(int rank) {
        Peer peer = peers[rank];
        if (peer != null) {
            peer.markDirty();
            dialIfNeeded(peer);
        }
    }

    /** There is something for that peer that may wait a moment for something else to travel with. */
    public void changedSoon(int rank) {
        Peer peer = peers[rank];
        if (peer == null) {
            return;
        }
        peer.markSoon();
        if (!soonTimerSet) {
            soonTimerSet = true;
            loop.timers().after(settings.passOnAfter(), () -> {
                soonTimerSet = false;
                for (Peer each : peers) {
                    if (each != null) {
                        each.soonIsNow();
                    }
                }
            });
        }
    }

    // Life cycle

    /** Sets who decides about admission and removal; once, after the components have been wired. */
    public void attach(GroupMembership membership) {
        handshakes.attach(membership);
        membership.listen(new MembershipListener() {
            @Override
            public void removed(int rank, ProcessId process, Removal reason) {
                remove(process, reason);
            }
        });
    }

    /** The incarnation that the link to the member of that rank leads to, or led to last; unknown before the first. */
    public ProcessId process(int rank) {
        Peer peer = peers[rank];
        return peer == null ? identity.self() : peer.process();
    }

    /** The number of configured members, the own process included. */
    public int size() {
        return peers.length;
    }

    /** The rank in the group of a process, by its name; -1 when it is not a member. */
    public int rank(ProcessId process) {
        return identity.group().rank(process.name()).orElse(-1);
    }

    /** Opens the transport's listener. Called by the thread that starts the node, before the first turn. */
    public void open(Transport opened) {
        opened.open(new WokenHandler(loop, handshakes));
        transport = opened;
    }

    /** Starts to dial the other members. Called on the loop. */
    public void start() {
        Duration tick = settings.retransmitAfter().dividedBy(TICKS_PER_RETRANSMIT);
        loop.timers().every(tick, this::tick);
        started = true;
        for (Peer peer : peers) {
            if (peer != null && needed(peer)) {
                dialling.first(peer, selfRank < peer.rank);
            }
        }
    }

    /** Whether nothing waits to be sent or acknowledged on any live connection. For draining before a stop. */
    public boolean drained() {
        for (Peer peer : peers) {
            if (peer != null && peer.connected() && (peer.dirty() || !streams.settled(peer.rank))) {
                return false;
            }
        }
        return true;
    }

    /** Says goodbye to all peers and closes their connections once that has left. No dial, no admission afterwards. */
    public void leave() {
        leaving = true;
        for (Peer peer : peers) {
            if (peer != null) {
                dialling.cancel(peer);
            }
        }
        handshakes.leave();
    }

    // For the classes of this package

    Clock clock() {
        return loop.clock();
    }

    BatchHeads batchHeads() {
        return batchHeads;
    }

    long drawNonce() {
        return random.nextLong();
    }

    Peer peer(String name) {
        OptionalInt rank = identity.group().rank(name);
        Peer peer = rank.isPresent() ? peers[rank.getAsInt()] : null;
        if (peer == null) {
            throw new IllegalStateException(name + " is not another member");
        }
        return peer;
    }

    private void unknownStream(int rank, int messages) {
        unknownComponent.add(messages);
        Peer peer = peers[rank];
        log.say(
                System.Logger.Level.WARNING,
                "unknown component " + rank,
                (peer == null ? "a peer" : peer.member.name())
                        + " sends messages of a component that this process does not have; they are dropped");
    }

    void countDirty() {
        dirtyPeers++;
    }

    boolean connected(int rank) {
        Peer peer = peers[rank];
        return peer != null && peer.connected();
    }

    long lastHeardNanos(int rank) {
        Peer peer = peers[rank];
        return peer == null ? Long.MIN_VALUE : peer.lastHeardNanos();
    }

    /** Whether messages for that process are accepted: a member not removed, and not known as another incarnation. */
    boolean reachable(int rank, ProcessId process) {
        Peer peer = peers[rank];
        return peer != null
                && !peer.removed()
                && (!process.known()
                        || !peer.process().known()
                        || peer.process().equals(process));
    }

    /** There is to be a connection with that member from now on. On the loop, or while the node is built. */
    public void want(int rank) {
        Peer peer = peers[rank];
        if (!wanted[rank] && peer != null) {
            wanted[rank] = true;
            dialIfNeeded(peer);
        }
    }

    /** Whether that member is dialled until there is a connection, whatever there is for it. */
    public boolean wanted(int rank) {
        return wanted[rank];
    }

    private boolean needed(Peer peer) {
        return wanted[peer.rank] || streams.owes(peer.rank);
    }

    private void dialIfNeeded(Peer peer) {
        if (settings.dialOnDemand() && !peer.connected() && started) {
            dialling.needed(peer, selfRank < peer.rank);
        }
    }

    void probe(int rank) {
        want(rank);
        Peer peer = peers[rank];
        if (peer != null && wantsDial(peer)) {
            dialling.now(peer);
        }
    }

    Subscription listen(ConnectionListener listener) {
        listeners.add(listener);
        for (Peer peer : peers) {
            if (peer != null && peer.connected()) {
                listener.up(peer.rank, peer.process());
            }
        }
        return () -> listeners.remove(listener);
    }

    void up(Peer peer, Connection connection, ProcessId process, long nonce) {
        if (peer.process().known() && !peer.process().equals(process)) {
            pointToPoint.reset(peer.rank);
        }
        peer.up(connection, process, nonce);
        for (ConnectionListener listener : List.copyOf(listeners)) {
            listener.up(peer.rank, process);
        }
    }

    void down(Peer peer, Ending ending) {
        if (!peer.connected()) {
            return;
        }
        peer.down();
        if (peer.removed()) {
            pointToPoint.reset(peer.rank);
        } else if (!leaving) {
            dialling.ended(peer);
        }
        for (ConnectionListener listener : List.copyOf(listeners)) {
            listener.down(peer.rank, peer.process(), ending);
        }
    }

    void refused(Peer peer) {
        for (ConnectionListener listener : List.copyOf(listeners)) {
            listener.refused(peer.rank);
        }
    }

    private void remove(ProcessId process, MembershipListener.Removal reason) {
        OptionalInt rank = identity.group().rank(process.name());
        Peer peer = rank.isPresent() ? peers[rank.getAsInt()] : null;
        if (peer == null || peer.removed() || isSucceeded(peer.process(), process)) {
            return;
        }
        peer.remove();
        dialling.cancel(peer);
        if (reason == MembershipListener.Removal.LEFT && peer.connected()) {
            return; // it says goodbye itself, once it has heard that the others have gone on
        }
        handshakes.drop(peer);
        pointToPoint.reset(peer.rank);
    }

    /** Whether a later incarnation has taken the place of the one removed: that one's session has ended already. */
    private static boolean isSucceeded(ProcessId present, ProcessId removed) {
        return present.known() && removed.known() && present.incarnation() > removed.incarnation();
    }

    private boolean wantsDial(Peer peer) {
        return !leaving
                && transport != null
                && !peer.connected()
                && !peer.removed()
                && !peer.left()
                && !peer.heldBack()
                && needed(peer)
                && !handshakes.dials(peer);
    }

    private boolean isCalledBy(Peer peer) {
        return handshakes.isCalledBy(peer);
    }

    private void dial(Peer peer) {
        if (transport != null) {
            handshakes.dialled(transport.dial(peer.member.address()), peer);
        }
    }

    private void tick() {
        handshakes.expire();
        for (Peer peer : peers) {
            if (peer != null && !peer.tick()) {
                handshakes.drop(peer);
            }
        }
    }

    private void flush() {
        dirtyPeers = 0;
        for (Peer peer : peers) {
            if (peer != null && peer.dirty()) {
                peer.flush();
            }
        }
    }
}
