package dev.rustnet.core.link;

import dev.rustnet.transport.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection and how far its handshake has come. A frame of the handshake may find that an earlier one, said again,
 * has not left yet; it then waits here for that.
 */
final class Talk {
    private static final int MAX_REFUSAL = 4096;

    /** How far the handshake has come. */
    enum Stage {
        DIALLING,
        AWAITS_WELCOME,
        AWAITS_HELLO,
        AWAITS_ACCEPT,
        HELD,
        ESTABLISHED,
        ENDED
    }

    // Injected
    final Connection connection;
    final long startedNanos;

    // State
    Stage stage;

    @Nullable
    Peer peer;

    long nonce;
    /** What a dialler said that has been welcomed and has not accepted yet. */
    @Nullable
    Hello welcomed;

    /** When a hello or welcome was last said. */
    long saidNanos;

    private byte saidKind;
    private @Nullable Hello said;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();

    Talk(Connection connection, @Nullable Peer peer, Stage stage, long startedNanos) {
        this.connection = connection;
        this.peer = peer;
        this.stage = stage;
        this.startedNanos = startedNanos;
    }

    boolean established() {
        return stage == Stage.ESTABLISHED;
    }

    /** Who is at the other end, for a person to read. */
    String who() {
        return (peer == null ? "a stranger" : peer.member.name()) + " at " + connection.remoteAddress();
    }

    void send(byte kind) {
        send(ByteBuffer.allocate(1).put(kind));
    }

    /** Says hello or welcome, and keeps it, so that it can be said again. */
    void say(byte kind, Hello hello, long nowNanos) {
        saidKind = kind;
        said = hello;
        sayAgain(nowNanos);
    }

    void sayAgain(long nowNanos) {
        if (said != null) {
            saidNanos = nowNanos;
            ByteBuffer frame = ByteBuffer.allocate(Hello.MAX_LENGTH).put(saidKind);
            said.write(frame);
            send(frame);
        }
    }

    /** Whether what was said is still without an answer. */
    boolean awaitsAnswer() {
        return stage == Stage.AWAITS_WELCOME || stage == Stage.AWAITS_ACCEPT;
    }

    void sendRefusal(Refusal refusal) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_REFUSAL).put(FrameKind.REFUSE);
        refusal.write(frame);
        send(frame);
    }

    private void send(ByteBuffer frame) {
        waiting.add(frame.flip());
        sendWaiting();
    }

    /** Sends what had to wait for an earlier frame to leave; returns whether all has left. */
    boolean sendWaiting() {
        while (connection.idle() && !waiting.isEmpty()) {
            connection.send(new ByteBuffer[] {waiting.remove()}, 1);
        }
        return connection.idle();
    }
}
