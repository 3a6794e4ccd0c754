package dev.rustnet.testkit.transport;

import dev.rustnet.testkit.transport.FaultProxy.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Two sockets of a {@link FaultProxy}, and a thread for each way between them. */
final class ProxiedConnection {
    private static final int BUFFER = 8192;

    // Injected
    private final FaultProxy proxy;
    private final Socket dialled;
    private final Socket target;
    private final boolean recorded;
    private final List<Thread> threads;

    // State
    private final Object writingToTarget = new Object();
    private final Object writingFromTarget = new Object();
    /** What has gone to the target; guarded by itself. */
    private final ByteArrayOutputStream recording = new ByteArrayOutputStream();
    // Guarded by this
    private final Set<Direction> deaf = EnumSet.noneOf(Direction.class);
    private final Set<Direction> done = EnumSet.noneOf(Direction.class);
    private long budget;
    private boolean closed;

    ProxiedConnection(
            FaultProxy proxy, Socket dialled, Socket target, long budget, boolean recorded, String threadName) {
        this.proxy = proxy;
        this.dialled = dialled;
        this.target = target;
        this.budget = budget;
        this.recorded = recorded;
        this.threads = List.of(
                new Thread(() -> pump(Direction.TO_TARGET), threadName + "-to-target"),
                new Thread(() -> pump(Direction.FROM_TARGET), threadName + "-from-target"));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    List<Thread> threads() {
        return threads;
    }

    synchronized boolean ended() {
        return closed;
    }

    Stream<byte[]> recording() {
        if (!recorded) {
            return Stream.empty();
        }
        synchronized (recording) {
            return Stream.of(recording.toByteArray());
        }
    }

    private Socket from(Direction direction) {
        return direction == Direction.TO_TARGET ? dialled : target;
    }

    private Socket to(Direction direction) {
        return direction == Direction.TO_TARGET ? target : dialled;
    }

    private Object writing(Direction direction) {
        return direction == Direction.TO_TARGET ? writingToTarget : writingFromTarget;
    }

    private void pump(Direction direction) {
        byte[] buffer = new byte[BUFFER];
        try {
            while (proxy.pass(direction)) {
                int count = from(direction).getInputStream().read(buffer);
                // Whatever was read while the way was being closed waits, too.
                if (!proxy.pass(direction)) {
                    break;
                }
                if (count < 0) {
                    endOfStream(direction);
                    return;
                }
                if (isDeaf(direction)) {
                    proxy.swallowed(count);
                } else {
                    forward(direction, buffer, count);
                }
            }
            close();
        } catch (IOException e) {
            broken(direction);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private synchronized boolean isDeaf(Direction direction) {
        if (proxy.swallows(direction)) {
            deaf.add(direction);
        }
        return deaf.contains(direction);
    }

    private void forward(Direction direction, byte[] bytes, int count) throws IOException {
        int allowed = take(count);
        if (direction == Direction.TO_TARGET && recorded) {
            synchronized (recording) {
                recording.write(bytes, 0, allowed);
            }
        }
        synchronized (writing(direction)) {
            OutputStream out = to(direction).getOutputStream();
            int written = 0;
            while (written < allowed) {
                int piece = proxy.trickles() ? 1 : allowed - written;
                out.write(bytes, written, piece);
                written += piece;
            }
        }
        if (exhausted()) {
            reset();
        }
    }

    private synchronized boolean exhausted() {
        return budget == 0;
    }

    /** How many of so many bytes may pass before the connection is to be reset. */
    private synchronized int take(int count) {
        int allowed = (int) Math.min(count, budget);
        budget -= allowed;
        return allowed;
    }

    void inject(Direction direction, byte[] bytes) {
        try {
            synchronized (writing(direction)) {
                to(direction).getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            broken(direction);
        }
    }

    private void endOfStream(Direction direction) throws IOException {
        if (!isDeaf(direction)) {
            synchronized (writing(direction)) {
                to(direction).shutdownOutput();
            }
        }
        finished(direction);
    }

    private void finished(Direction direction) {
        boolean both;
        synchronized (this) {
            done.add(direction);
            both = done.size() == Direction.values().length;
        }
        if (both) {
            close();
        }
    }

    /** An end has reset it. Over a way that is deaf, the other end must not learn of it. */
    private void broken(Direction direction) {
        boolean silently;
        synchronized (this) {
            silently = !deaf.isEmpty();
        }
        if (silently) {
            finished(direction);
        } else {
            end(true);
        }
    }

    void reset() {
        if (beginToEnd()) {
            proxy.wasReset(); // before anybody can notice
            closeBoth(true);
        }
    }

    void close() {
        end(false);
    }

    private void end(boolean abruptly) {
        if (beginToEnd()) {
            closeBoth(abruptly);
        }
    }

    /** @return whether it was not ended before */
    private synchronized boolean beginToEnd() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private void closeBoth(boolean abruptly) {
        for (Socket socket : List.of(dialled, target)) {
            if (abruptly) {
                resetInsteadOfEnding(socket);
            }
            closeQuietly(socket);
        }
    }

    /** With no time to linger, closing discards what waits and sends a reset. */
    private static void resetInsteadOfEnding(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
