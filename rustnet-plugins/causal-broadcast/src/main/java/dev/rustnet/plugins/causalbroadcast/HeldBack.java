package dev.rustnet.plugins.causalbroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;

/** The log as the algorithm below sees it: what that delivers is only released, and held back in the log until it is due. */
final class HeldBack implements BroadcastLog {
    /** Told what the algorithm below has released. */
    interface Release {
        void released(int source, long upTo);
    }

    // Injected
    private final BroadcastLog log;
    private final Release release;

    // State
    private long[] released = new long[0];

    HeldBack(BroadcastLog log, Release release) {
        this.log = log;
        this.release = release;
    }

    void viewInstalled(View view) {
        released = new long[view.size()];
        for (int source = 0; source < released.length; source++) {
            released[source] = log.delivered(source);
        }
    }

    @Override
    public void deliver(int source, long upTo) {
        if (upTo > released[source]) {
            released[source] = upTo;
            release.released(source, upTo);
        }
    }

    @Override
    public long delivered(int source) {
        return released[source];
    }

    @Override
    public ByteBuffer prefix(int source, long number) {
        throw new UnsupportedOperationException("the prefix is that of causal broadcast");
    }

    @Override
    public View view() {
        return log.view();
    }

    @Override
    public int self() {
        return log.self();
    }

    @Override
    public long received(int source) {
        return log.received(source);
    }

    @Override
    public long acked(int process, int source) {
        return log.acked(process, source);
    }

    @Override
    public boolean removed(int process) {
        return log.removed(process);
    }

    @Override
    public void send(int source, int to) {
        log.send(source, to);
    }

    @Override
    public void stopSending(int source, int to) {
        log.stopSending(source, to);
    }

    @Override
    public boolean sending(int source, int to) {
        return log.sending(source, to);
    }

    @Override
    public Channel channel(String name) {
        return log.channel(name);
    }
}
