package dev.rustnet.core.environment;

import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The world outside a node: time, randomness, network, threads, files. {@link SystemEnvironment} is the real one; the
 * simulator brings its own. Nothing else in the kernel touches any of these.
 */
public interface Environment {
    TimeSource time();

    /** A stream of random numbers of its own for each purpose. */
    RandomGenerator random(String purpose);

    /**
     * The transport of that name.
     *
     * @throws IllegalArgumentException when there is none; the message names those that there are
     */
    Transport transport(String name, TransportProvider.Settings settings);

    /** Runs what blocks. The kernel brings results back into the loop itself. */
    Executor blocking();

    /** A lane of that name for handlers that may block. Once for each name. */
    Lane lane(String name);

    /** Opens a new file for lines, see {@code ComponentContext.sink}. */
    Sink sink(String name);

    /** The store of that name of that component. */
    Store store(String component, String name);

    System.Logger logger(String name);

    /** A timer, a task or a notice of that component is about to run: for who records what happens. On the loop. */
    default void acts(String component) {}

    /** Takes over turning {@code loop} from now on, on a thread of its own or by hand, until the driver is closed. */
    Driver drive(EventLoop loop, String processName);

    /** Runs tasks one after the other, apart from the loop; they may block, and do not throw. */
    interface Lane extends AutoCloseable {
        /** Queues a task; without effect when the lane is closed. Does not wait. On the loop. */
        void execute(Runnable task);

        /** Whether the caller is a task of this lane. Any thread. */
        boolean inLane();

        /** Runs no further task and interrupts the present one, but does not wait for it. */
        @Override
        void close();
    }

    /** Turns a loop. */
    interface Driver extends AutoCloseable {
        /** Lets the present turn finish, and turns the loop no more. Waits for that unless called on the loop. */
        @Override
        void close();
    }
}
