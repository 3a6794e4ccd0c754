package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportException;
import dev.rustnet.transport.TransportProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A world for one node: time moves and the loop turns when the test says so, and nobody else is there. */
final class HandDrivenWorld implements Environment {
    final List<String> logged = new ArrayList<>();
    boolean opened;
    boolean closed;
    boolean portInUse;
    Consumer<Config> transportSettings = own -> {};
    private long nanos;
    private EventLoop loop;

    /** Turns the loop so often, a millisecond each time. */
    void turn(int times) {
        for (int i = 0; i < times && loop != null; i++) {
            nanos += Duration.ofMillis(1).toNanos();
            loop.turn(0);
        }
    }

    @Override
    public TimeSource time() {
        return new TimeSource() {
            @Override
            public long nanos() {
                return nanos;
            }

            @Override
            public Instant now() {
                return Instant.EPOCH.plusNanos(nanos).plusSeconds(1_000_000);
            }
        };
    }

    @Override
    public RandomGenerator random(String purpose) {
        return new SplittableRandom(purpose.hashCode());
    }

    @Override
    public Transport transport(String name, TransportProvider.Settings settings) {
        if (!name.equals("nio")) {
            throw new IllegalArgumentException(
                    "there is no transport \"" + name + "\" on the class path; there is nio");
        }
        transportSettings.accept(settings.config());
        return new LonelyTransport(settings.bind());
    }

    @Override
    public Executor blocking() {
        return Runnable::run;
    }

    @Override
    public Lane lane(String name) {
        return new Lane() {
            @Override
            public void execute(Runnable task) {
                throw new UnsupportedOperationException("nobody delivers anything here");
            }

            @Override
            public boolean inLane() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Sink sink(String name) {
        return new Sink() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void line(CharSequence line) {
                logged.add(name + ": " + line);
            }

            @Override
            public void close() {
                logged.add("closed " + name);
            }
        };
    }

    @Override
    public Store store(String component, String name) {
        return new Store() {
            @Override
            public Optional<byte[]> read() {
                return Optional.empty();
            }

            @Override
            public void replace(byte[] record) {}
        };
    }

    @Override
    public System.Logger logger(String name) {
        return new ListLogger(name);
    }

    @Override
    public Driver drive(EventLoop turned, String processName) {
        loop = turned;
        return () -> loop = null;
    }

    private final class LonelyTransport implements Transport {
        private final String bind;

        LonelyTransport(String bind) {
            this.bind = bind;
        }

        @Override
        public void open(ConnectionHandler handler) {
            if (portInUse) {
                throw new TransportException(TransportException.Reason.ADDRESS_IN_USE, bind + " is in use", null);
            }
            opened = true;
        }

        @Override
        public String localAddress() {
            return bind;
        }

        @Override
        public Connection dial(String address) {
            return new Connection() {
                @Override
                public boolean outbound() {
                    return true;
                }

                @Override
                public String remoteAddress() {
                    return address;
                }

                @Override
                public boolean send(java.nio.ByteBuffer[] parts, int count) {
                    return false;
                }

                @Override
                public boolean idle() {
                    return false;
                }

                @Override
                public void close() {}

                @Override
                public void closeAfterSending() {}
            };
        }

        @Override
        public boolean poll(long timeoutNanos) {
            return false;
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    private final class ListLogger implements System.Logger {
        private final String name;

        ListLogger(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            logged.add(level + " " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            logged.add(level + " " + format);
        }
    }
}
