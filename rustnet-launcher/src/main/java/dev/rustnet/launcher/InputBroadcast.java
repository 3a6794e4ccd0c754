package dev.rustnet.launcher;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.launcher.console.InputLineReader;
import dev.rustnet.launcher.process.RunningNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Broadcasts each line of a stream, on a thread of its own that waits while the window is full. */
final class InputBroadcast {
    private static final System.Logger LOG = System.getLogger("rustnet.run");

    // Injected
    private final InputLineReader lines;
    private final Channel channel;
    private final RunningNode running;
    private final boolean endWithInput;

    // State
    private @Nullable Tracked last;

    /**
     * @param longest bytes of a line; longer ones are not broadcast
     * @param running ended as failed when this thread cannot go on
     * @param endWithInput end it, too, once the stream has ended and every member has all of it
     */
    InputBroadcast(InputStream in, int longest, Channel channel, RunningNode running, boolean endWithInput) {
        this.lines = new InputLineReader(in, longest, () -> warnOfLength(longest));
        this.channel = channel;
        this.running = running;
        this.endWithInput = endWithInput;
    }

    void start() {
        Thread thread = new Thread(this::broadcastOrFail, "rustnet-input");
        thread.setDaemon(true);
        thread.start();
    }

    /** A node that goes on without its input would look alive and do nothing. */
    private void broadcastOrFail() {
        try {
            broadcastAll();
        } catch (Throwable e) {
            running.fail("The input cannot be broadcast any more: " + e, e);
        }
    }

    private void broadcastAll() {
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                broadcast(line);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "standard input cannot be read any more: " + e.getMessage());
        } catch (IllegalStateException e) {
            // The node has stopped; whoever waits for that says why.
            return;
        }
        if (endWithInput) {
            endAfterLast();
        }
    }

    private void broadcast(String line) {
        try {
            if (endWithInput) {
                last = channel.broadcastTracked(line.getBytes(StandardCharsets.UTF_8));
            } else {
                channel.broadcast(line);
            }
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "a line was not broadcast: " + e.getMessage());
        }
    }

    /** Who has the last one has them all. */
    private void endAfterLast() {
        if (last == null) {
            running.end();
            return;
        }
        var unused = last.delivered().thenCombine(last.stable(), (delivered, stable) -> {
            running.end();
            return delivered;
        });
    }

    private static void warnOfLength(int longest) {
        LOG.log(
                System.Logger.Level.WARNING,
                "a line of the input is longer than " + longest + " bytes (rustnet.node.max-message-size) and is not"
                        + " broadcast, nor will others be that are as long");
    }
}
