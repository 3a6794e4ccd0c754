package dev.rustnet.core.link;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.ConnectionHandler.Closing;
import dev.rustnet.transport.ConnectionHandler.DialFailure;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Transports whose frames lie in memory until the receiver polls; connections can be reset, and frames swallowed. */
public final class MemoryNetwork {
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Pipe> pipes = new ArrayList<>();
    private int dials;
    private Predicate<ByteBuffer> swallow = frame -> false;

    /** A transport that listens on that address. */
    public Transport transport(String address) {
        return new Node(address);
    }

    /** Ends every connection; frames on their way are lost. */
    public void resetAll() {
        for (Pipe pipe : List.copyOf(pipes)) {
            pipe.reset();
        }
    }

    /** Dials so far. */
    public int dials() {
        return dials;
    }

    public int connections() {
        return pipes.size();
    }

    /** From now on frames for which {@code rule} holds are lost without a trace. */
    public void swallow(Predicate<ByteBuffer> rule) {
        swallow = rule;
    }

    private final class Pipe {
        private final End near;
        private final End far;

        Pipe(Node dialler, Node listener) {
            near = new End(this, dialler, true);
            far = new End(this, listener, false);
            pipes.add(this);
        }

        End other(End end) {
            return end == near ? far : near;
        }

        void reset() {
            pipes.remove(this);
            near.break_();
            far.break_();
        }
    }

    private final class End implements Connection {
        private final Pipe pipe;
        private final Node node;
        private final boolean outbound;
        private boolean open = true;

        End(Pipe pipe, Node node, boolean outbound) {
            this.pipe = pipe;
            this.node = node;
            this.outbound = outbound;
        }

        void break_() {
            if (open) {
                open = false;
                node.events.add(() -> node.handler.closed(this, Closing.RESET, "reset"));
            }
        }

        @Override
        public boolean outbound() {
            return outbound;
        }

        @Override
        public String remoteAddress() {
            return pipe.other(this).node.address;
        }

        @Override
        public boolean send(ByteBuffer[] parts, int count) {
            int length = 0;
            for (int i = 0; i < count; i++) {
                length += parts[i].remaining();
            }
            ByteBuffer frame = ByteBuffer.allocate(length);
            for (int i = 0; i < count; i++) {
                frame.put(parts[i]);
            }
            frame.flip();
            End other = pipe.other(this);
            if (other.open && !swallow.test(frame.duplicate())) {
                other.node.events.add(() -> {
                    if (other.open) {
                        other.node.handler.received(other, frame);
                    }
                });
            }
            return true;
        }

        @Override
        public boolean idle() {
            return open;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                pipes.remove(pipe);
                End other = pipe.other(this);
                other.node.events.add(() -> {
                    if (other.open) {
                        other.open = false;
                        other.node.handler.closed(other, Closing.END_OF_STREAM, "closed");
                    }
                });
            }
        }

        @Override
        public void closeAfterSending() {
            close();
        }
    }

    private final class Node implements Transport {
        private final String address;
        private final ArrayDeque<Runnable> events = new ArrayDeque<>();
        private ConnectionHandler handler;

        Node(String address) {
            this.address = address;
        }

        @Override
        public void open(ConnectionHandler newHandler) {
            handler = newHandler;
            nodes.put(address, this);
        }

        @Override
        public String localAddress() {
            return address;
        }

        @Override
        public Connection dial(String target) {
            dials++;
            Node listener = nodes.get(target);
            if (listener == null) {
                End nowhere = new Pipe(this, this).near;
                pipes.remove(nowhere.pipe);
                events.add(() -> handler.dialFailed(nowhere, DialFailure.REFUSED, "nobody listens"));
                return nowhere;
            }
            Pipe pipe = new Pipe(this, listener);
            events.add(() -> handler.opened(pipe.near));
            listener.events.add(() -> listener.handler.accepted(pipe.far));
            return pipe.near;
        }

        @Override
        public boolean poll(long timeoutNanos) {
            boolean any = false;
            for (int left = events.size(); left > 0; left--) {
                any = true;
                events.remove().run();
            }
            return any;
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {
            nodes.remove(address);
        }
    }
}
