package dev.rustnet.core.link;

import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.link.Talk.Stage;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.group.Admission;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks.Ending;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections from their first byte until they are established: the dialler says hello, the other checks it and says
 * welcome or refuses, the dialler checks that and accepts or refuses. Of two connections between the same two processes
 * one remains: that of the dialler whose name comes first.
 */
final class Handshakes implements ConnectionHandler {
    private static final int MAX_REPORTED = 1_000;
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    // Injected
    private final LinkLayer links;
    private final Identity identity;
    private final LinkSettings settings;
    private final EventLoop loop;
    private final QuietLog log;
    private final OnRefusal onRefusal;
    private final Dialling dialling;
    private final Counter turnedAway;
    private final Counter badFrames;
    private @Nullable GroupMembership membership;

    // State
    private final Talks talks = new Talks();
    private final Set<String> reportedBad = new HashSet<>();
    private boolean leaving;

    Handshakes(
            LinkLayer links,
            Identity identity,
            LinkSettings settings,
            EventLoop loop,
            QuietLog log,
            Counters counters,
            Dialling dialling,
            OnRefusal onRefusal) {
        this.links = links;
        this.identity = identity;
        this.settings = settings;
        this.loop = loop;
        this.log = log;
        this.dialling = dialling;
        this.onRefusal = onRefusal;
        turnedAway = counters.counter("link.connections.turned-away");
        badFrames = counters.counter("link.connections.bad-frame");
    }

    void attach(GroupMembership decides) {
        membership = decides;
    }

    /** Whether that peer is being dialled, or the handshake of a dial is under way. */
    boolean dials(Peer peer) {
        return underWay(peer, true);
    }

    /** Whether somebody who says that he is that peer has called, and the handshake is under way. */
    boolean isCalledBy(Peer peer) {
        return underWay(peer, false);
    }

    private boolean underWay(Peer peer, boolean outbound) {
        for (Talk talk : talks.with(peer)) {
            if (!talk.established() && talk.connection.outbound() == outbound) {
                return true;
            }
        }
        return false;
    }

    void dialled(Connection connection, Peer peer) {
        talks.dialled(connection, peer, loop.clock().nanos());
    }

    // ConnectionHandler

    @Override
    public void accepted(Connection connection) {
        if (leaving) {
            turnedAway.increment();
            connection.close();
            return;
        }
        if (talks.unknown() >= LinkLayer.MAX_CALLERS) {
            turnedAway.increment();
            Talk out = talks.crowdedOut();
            log.say(
                    System.Logger.Level.WARNING,
                    "callers",
                    LinkLayer.MAX_CALLERS + " connections have not said truthfully who they are; closed the oldest from"
                            + " where most of them come, " + out.connection.remoteAddress());
            giveUp(out);
        }
        connection.expectAtMost(Hello.MAX_LENGTH);
        talks.accepted(connection, loop.clock().nanos());
    }

    @Override
    public void opened(Connection connection) {
        Talk talk = talks.find(connection);
        if (talk == null || talk.peer == null) {
            connection.close();
            return;
        }
        if (leaving || talk.peer.connected() || talk.peer.removed()) {
            end(talk);
            return;
        }
        connection.expectAtMost(Hello.MAX_LENGTH);
        talk.stage = Stage.AWAITS_WELCOME;
        talk.nonce = links.drawNonce();
        talk.say(
                FrameKind.HELLO,
                new Hello(identity, talk.nonce, talk.peer.ended()),
                loop.clock().nanos());
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {
        Talk talk = talks.find(connection);
        if (talk == null || talk.peer == null) {
            return;
        }
        talks.forget(talk);
        if (failure == DialFailure.UNRESOLVED || failure == DialFailure.FAILED) {
            log.say(
                    System.Logger.Level.WARNING,
                    "dial " + talk.peer.member.name(),
                    "cannot reach " + talk.peer.member.name() + " at " + talk.peer.member.address() + ": " + detail
                            + "; trying again");
        }
        dialling.failed(talk.peer);
        if (failure == DialFailure.REFUSED) {
            links.refused(talk.peer);
        }
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        Talk talk = talks.find(connection);
        if (talk == null || !frame.hasRemaining()) {
            return;
        }
        Peer peer = talk.peer;
        if (talk.established() && peer != null) {
            peer.heard();
        }
        try {
            byte kind = frame.get();
            switch (kind) {
                case FrameKind.BATCH -> batch(talk, frame);
                case FrameKind.HELLO -> hello(talk, Hello.read(frame));
                case FrameKind.WELCOME -> welcome(talk, Hello.read(frame));
                case FrameKind.ACCEPT -> accept(talk);
                case FrameKind.REFUSE -> refused(talk, frame);
                case FrameKind.GOODBYE -> goodbye(talk);
                default -> throw new Malformed("it sent a frame of the unknown kind " + kind);
            }
        } catch (BadMessage e) {
            badMessage(talk, e);
        } catch (Malformed e) {
            badFrame(talk, String.valueOf(e.getMessage()));
            giveUp(talk);
        }
    }

    @Override
    public void drained(Connection connection) {
        Talk talk = talks.find(connection);
        if (talk != null && talk.sendWaiting() && talk.established() && talk.peer != null) {
            if (leaving) {
                sayGoodbye(talk);
            } else {
                talk.peer.drained();
            }
        }
    }

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        Talk talk = talks.find(connection);
        if (talk == null) {
            return;
        }
        if (closing == Closing.BAD_FRAME) {
            badFrame(talk, detail);
        }
        boolean established = talk.established();
        talks.forget(talk);
        if (talk.peer == null) {
            return;
        }
        if (established) {
            links.down(
                    talk.peer,
                    switch (closing) {
                        case END_OF_STREAM -> Ending.END_OF_STREAM;
                        case RESET -> Ending.RESET;
                        case BAD_FRAME -> Ending.CLOSED_HERE;
                    });
        } else {
            failed(talk, talk.peer);
        }
    }

    /** Nobody can put off the dials to a peer by calling in its name. */
    private void failed(Talk talk, Peer peer) {
        if (talk.connection.outbound()) {
            dialling.failed(peer);
        } else {
            dialling.resume(peer);
        }
    }

    /** Whatever a stranger sends, one line per interval is enough. */
    private void badFrame(Talk talk, String why) {
        badFrames.increment();
        String subject = "bad " + (talk.peer == null ? "stranger" : talk.peer.member.name());
        log.say(System.Logger.Level.WARNING, subject, "closed the connection with " + talk.who() + ": " + why);
    }

    /**
     * A message that cannot be read comes again with the next connection. If it is as bad then, the peer's memory of it is
     * spoilt or the peer means harm: reconnecting at once would go on for ever.
     */
    private void badMessage(Talk talk, BadMessage bad) {
        Peer peer = talk.peer;
        if (peer == null || !peer.sentBad(bad.subject())) {
            badFrame(talk, String.valueOf(bad.getMessage()));
            giveUp(talk);
            return;
        }
        badFrames.increment();
        giveUp(talk);
        peer.holdBack(loop.clock().nanos() + settings.dialBackoffMax().toNanos() / 2);
        dialling.turnedDown(peer);
        if (reportedBad.size() < MAX_REPORTED && reportedBad.add(peer.member.name() + " " + bad.subject())) {
            log.say(
                    System.Logger.Level.ERROR,
                    "bad again " + peer.member.name() + bad.subject(),
                    peer.member.name() + " sends a message again that was bad before: " + bad.getMessage()
                            + "; from now on it is tried about once in "
                            + settings.dialBackoffMax().toMillis() + " ms, and nothing more is said about it");
        }
    }

    // The conversation

    private void batch(Talk talk, ByteBuffer frame) {
        if (talk.stage == Stage.AWAITS_ACCEPT) {
            accept(talk); // data says as much, should the acceptance itself have been lost
        }
        if (!talk.established() || talk.peer == null) {
            throw new Malformed("it sent data before the handshake was done");
        }
        talk.peer.receive(frame);
    }

    private void hello(Talk talk, Hello hello) {
        if (talk.stage != Stage.AWAITS_HELLO) {
            if (talk.connection.outbound()) {
                throw new Malformed("it said hello out of turn");
            }
            repeat(talk); // it has not heard the answer
            return;
        }
        Optional<String> difference = Agreement.difference(identity, hello.identity());
        if (difference.isPresent()) {
            refuse(talk, hello, Refusal.of(difference.get()));
            return;
        }
        Peer peer = links.peer(hello.identity().self().name());
        talk.peer = peer;
        if (peer.connected() && peer.process().equals(hello.identity().self()) && hello.ended() != peer.nonce()) {
            end(talk); // the one that stands remains; were it dead, its silence would show
            return;
        }
        if (peer.heldBack()) {
            turnAway(
                    talk,
                    Refusal.of("a message of " + peer.member.name() + " to "
                            + identity.self().name() + " cannot be read, and comes again with each connection"));
            return;
        }
        if (keepsOwnDial(peer)) {
            end(talk);
            return;
        }
        decide(talk, hello);
    }

    /** Of two handshakes under way at once, the dialler whose name comes first keeps its own. */
    private boolean keepsOwnDial(Peer peer) {
        boolean mine = identity.self().name().compareTo(peer.member.name()) < 0;
        for (Talk other : talks.with(peer)) {
            if (mine && other.stage == Stage.AWAITS_WELCOME) {
                return true;
            }
        }
        return false;
    }

    private void welcome(Talk talk, Hello hello) {
        Peer peer = talk.peer;
        if (!talk.connection.outbound() || talk.stage == Stage.DIALLING || peer == null) {
            throw new Malformed("it said welcome out of turn");
        }
        if (talk.stage != Stage.AWAITS_WELCOME) {
            if (talk.established() && talk.connection.idle()) {
                talk.send(FrameKind.ACCEPT); // it has not heard that it was accepted
            }
            return;
        }
        String name = hello.identity().self().name();
        if (!name.equals(peer.member.name()) && identity.group().rank(name).isPresent()) {
            refuse(
                    talk,
                    hello,
                    Refusal.of("the process at " + peer.member.address() + " calls itself " + name
                            + ", but the peer list of " + identity.self().name() + " calls it " + peer.member.name()));
            return;
        }
        Optional<String> difference = Agreement.difference(identity, hello.identity());
        if (difference.isPresent()) {
            refuse(talk, hello, Refusal.of(difference.get()));
            return;
        }
        decide(talk, hello);
    }

    private void decide(Talk talk, Hello hello) {
        Admission admission = membership == null
                ? new Admission.Held()
                : membership.admit(hello.identity().self(), hello.identity().advertise());
        if (admission instanceof Admission.Refused no) {
            refuse(talk, hello, Refusal.of(no.sentence()));
        } else if (admission instanceof Admission.Excluded no) {
            refuse(talk, hello, new Refusal(Refusal.Kind.EXCLUDED, no.sentence(), 0));
        } else if (admission instanceof Admission.Outdated no) {
            refuse(talk, hello, new Refusal(Refusal.Kind.OUTDATED, no.sentence(), no.highest()));
        } else if (admission instanceof Admission.Held) {
            Stage before = talk.stage;
            talk.stage = Stage.HELD;
            loop.timers().after(ASK_AGAIN, () -> {
                if (talk.stage == Stage.HELD) {
                    talk.stage = before;
                    decide(talk, hello);
                }
            });
        } else if (talk.connection.outbound()) {
            talk.send(FrameKind.ACCEPT);
            establish(talk, hello);
        } else {
            talk.nonce = hello.nonce();
            talk.stage = Stage.AWAITS_ACCEPT;
            talk.welcomed = hello;
            talk.say(
                    FrameKind.WELCOME,
                    new Hello(identity, hello.nonce(), 0),
                    loop.clock().nanos());
        }
    }

    private void accept(Talk talk) {
        if (talk.established() && !talk.connection.outbound()) {
            return; // said twice
        }
        Hello hello = talk.welcomed;
        talk.welcomed = null;
        if (talk.stage != Stage.AWAITS_ACCEPT || hello == null) {
            throw new Malformed("it accepted out of turn");
        }
        establish(talk, hello);
    }

    private void establish(Talk talk, Hello hello) {
        Peer peer = Objects.requireNonNull(talk.peer);
        ProcessId process = hello.identity().self();
        for (Talk other : talks.with(peer)) {
            if (other != talk) {
                boolean established = other.established();
                end(other);
                if (established) {
                    links.down(peer, Ending.CLOSED_HERE);
                }
            }
        }
        talks.establish(talk);
        talk.connection.expectAtMost(LinkLayer.maxFrameLength(settings.maxMessageLength()));
        Agreement.remark(identity, hello.identity())
                .ifPresent(remark -> log.say(
                        System.Logger.Level.INFO,
                        "remark " + process,
                        process + " and this process are made differently: " + remark));
        dialling.succeeded(peer);
        links.up(peer, talk.connection, process, talk.nonce);
    }

    private void refuse(Talk talk, Hello hello, Refusal refusal) {
        String name = hello.identity().self().name();
        log.say(
                System.Logger.Level.WARNING,
                subject(talk, name, refusal.sentence()),
                "refused " + name + " at " + talk.connection.remoteAddress() + ": " + refusal.sentence());
        turnAway(talk, refusal);
    }

    /** Who calls may say anything, and something else each time: that must not make many lines. */
    private String subject(Talk talk, String name, String sentence) {
        if (identity.group().rank(name).isEmpty()) {
            return "refused a stranger";
        }
        return "refused " + name + (talk.connection.outbound() ? sentence : "");
    }

    private void turnAway(Talk talk, Refusal refusal) {
        turnedAway.increment();
        talk.sendRefusal(refusal);
        talks.forget(talk);
        talk.connection.closeAfterSending();
        if (talk.connection.outbound() && talk.peer != null) {
            dialling.turnedDown(talk.peer);
        }
    }

    private void refused(Talk talk, ByteBuffer frame) {
        Refusal refusal = Refusal.read(frame);
        String sentence = refusal.sentence();
        Peer peer = talk.peer;
        if (peer == null) {
            throw new Malformed("it refused out of turn");
        }
        boolean established = talk.established();
        String by = peer.member.name();
        boolean believed = talk.connection.outbound() || established;
        log.say(
                System.Logger.Level.WARNING,
                "refused by " + by + (believed ? sentence : ""),
                by + " refuses this process: " + sentence);
        end(talk);
        if (established) {
            links.down(peer, Ending.CLOSED_HERE);
        }
        if (believed) {
            dialling.turnedDown(peer);
        } else {
            dialling.resume(peer);
        }
        if (talk.connection.outbound()) {
            // Only who answers where that peer lives is believed: anybody can call and say so.
            String report = by + " refuses this process: " + sentence;
            if (refusal.kind() == Refusal.Kind.EXCLUDED) {
                onRefusal.excluded(report);
            } else if (refusal.kind() == Refusal.Kind.OUTDATED
                    && refusal.highest() >= identity.self().incarnation()) {
                onRefusal.outdated(report, refusal.highest());
            }
        }
    }

    private void goodbye(Talk talk) {
        if (!talk.established() || talk.peer == null) {
            throw new Malformed("it said goodbye out of turn");
        }
        Peer peer = talk.peer;
        peer.setLeft(true);
        end(talk);
        links.down(peer, Ending.GOODBYE);
    }

    // Ends

    /** Says goodbye on every established connection as soon as nothing waits there, and takes no new ones. */
    void leave() {
        leaving = true;
        for (Talk talk : talks.all()) {
            if (!talk.established()) {
                end(talk);
            } else if (talk.connection.idle()) {
                sayGoodbye(talk);
            }
        }
    }

    private void sayGoodbye(Talk talk) {
        talk.send(FrameKind.GOODBYE);
        talks.forget(talk);
        talk.connection.closeAfterSending();
        if (talk.peer != null) {
            talk.peer.down();
        }
    }

    /** Closes an established connection whose peer is silent or removed. */
    void drop(Peer peer) {
        talks.with(peer).forEach(this::giveUp);
    }

    /** A transport may lose frames: says again what has had no answer for long. */
    private void repeat(Talk talk) {
        if (talk.awaitsAnswer() && talk.connection.idle()) {
            talk.sayAgain(loop.clock().nanos());
        }
    }

    /** Repeats what has had no answer for long, and closes what has not finished its handshake in time. */
    void expire() {
        long now = loop.clock().nanos();
        for (Talk talk : talks.all()) {
            if (!talk.established()
                    && talk.stage != Stage.DIALLING
                    && now - talk.startedNanos > settings.handshakeTimeout().toNanos()) {
                turnedAway.increment();
                giveUp(talk);
            } else if (now - talk.saidNanos > settings.retransmitAfter().toNanos()) {
                repeat(talk);
            }
        }
    }

    private void giveUp(Talk talk) {
        boolean established = talk.established();
        boolean ended = talk.stage == Stage.ENDED;
        end(talk);
        if (talk.peer != null && !ended) {
            if (established) {
                links.down(talk.peer, Ending.CLOSED_HERE);
            } else {
                failed(talk, talk.peer);
            }
        }
    }

    private void end(Talk talk) {
        talks.forget(talk);
        talk.connection.close();
    }
}
