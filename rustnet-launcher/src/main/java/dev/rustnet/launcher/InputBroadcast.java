package dev.rustnet.launcher;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Tracked;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Broadcasts each line of a stream, on a thread of its own that waits while the window is full. */
final class InputBroadcast {
    private static final System.Logger LOG = System.getLogger("rustnet.run");

    // Injected
    private final InputStream in;
    private final Channel channel;
    private final @Nullable Runnable atEnd;

    // State
    private @Nullable Tracked last;

    /** @param atEnd run once the stream has ended and every member has all of it; null when nobody asks */
    InputBroadcast(InputStream in, Channel channel, @Nullable Runnable atEnd) {
        this.in = in;
        this.channel = channel;
        this.atEnd = atEnd;
    }

    void start() {
        Thread thread = new Thread(this::broadcastAll, "rustnet-input");
        thread.setDaemon(true);
        thread.start();
    }

    private void broadcastAll() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                broadcast(line);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "standard input cannot be read any more: " + e);
        } catch (IllegalStateException e) {
            // The node has stopped; whoever waits for that says why.
            return;
        }
        if (atEnd != null) {
            afterLast(atEnd);
        }
    }

    private void broadcast(String line) {
        try {
            if (atEnd == null) {
                channel.broadcast(line);
            } else {
                last = channel.broadcastTracked(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "a line was not broadcast: " + e.getMessage());
        }
    }

    /** Who has the last one has them all. */
    private void afterLast(Runnable action) {
        if (last == null) {
            action.run();
            return;
        }
        var unused = last.delivered().thenCombine(last.stable(), (delivered, stable) -> {
            action.run();
            return delivered;
        });
    }
}
