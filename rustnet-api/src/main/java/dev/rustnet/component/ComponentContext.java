package dev.rustnet.component;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.LinkHeader;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.link.TypedLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everything that a component gets from its node, and the only place it gets it from. Used in
 * {@link NetComponent#start} and later on the loop; {@link #execute} and what {@link #typedLinks} gives alone may be called on any thread.
 */
public interface ComponentContext {
    /** The own process, with its incarnation. */
    ProcessId self();

    /** The configured members. */
    Group group();

    /** The component's own configuration: {@code rustnet.components.<name>} over its jar's {@code reference.conf}. */
    Config config();

    /** Fair-loss messages of this component, and a view of the connections. */
    FairLossLinks transport();

    /** Perfect links of this component. */
    PerfectLinks links();

    /** Perfect links of this component for values of registered classes, and requests with replies; apart from {@link #links}. */
    TypedLinks typedLinks();

    /**
     * Opens the log of a broadcast service whose algorithm is {@code protocol}. At most one per component; only while it
     * starts, and only in a component that requires {@code GroupMembership}. The component's configuration may bound it
     * with {@code window-bytes} and {@code window-messages}.
     */
    BroadcastLog broadcastLog(
            BroadcastLog.Retention retention, BroadcastLog.Acknowledgement acknowledgement, BroadcastProtocol protocol);

    /** Timers of this component. Those set in start count from the node's start; all end with the node. */
    Timers timers();

    /** The node's clock, which stands still during a turn of the loop. */
    Clock clock();

    /** This component's own stream of random numbers, from the run's seed when simulated. */
    RandomGenerator random();

    /** The notices of all components of this node. */
    TopicBus topics();

    /**
     * The service that the component declared as required.
     *
     * @throws IllegalStateException when it was not declared
     */
    <T> T require(Class<T> service);

    /** The service that the component declared as optional (or required), when some component provides it. */
    <T> Optional<T> find(Class<T> service);

    /** Provides a service that the component declared. Only in start; each declared service exactly once. */
    <T> void provide(Class<T> service, T provider);

    /** Adds a header to every broadcast and send of this process. Only in start. */
    void stamp(BroadcastHeader<?> header);

    /** Adds a header to the batches of every link. Only in start. */
    LinkHeader.Trigger annotate(LinkHeader header);

    /** Runs {@code action} in a later turn of the loop. Any thread; waits when the queue into the loop is full. */
    void execute(Runnable action);

    /** Runs what must block, away from the loop. */
    Blocking blocking();

    /**
     * Opens a new text file of that name for whole lines; kept in memory when simulated. An existing file is never
     * overwritten: the new one is then called {@code name.1}, {@code name.2} and so on. The context closes it when the
     * node stops.
     *
     * @param name a path of the operating system; a relative one counts from the directory in which the process was
     *     started, not from {@code rustnet.node.data-directory}. Folders on the way to it are made when they are missing
     * @throws java.io.UncheckedIOException when it cannot be opened
     */
    Sink sink(String name);

    /**
     * A small durable record of this component: one file below {@code rustnet.node.data-directory}, in a folder of the
     * component's name. The same name gives the same record, also after a restart.
     *
     * @param name of any characters; in the name of the file, what is not a letter, a digit, _ or - is written as its code
     */
    Store store(String name);

    /** For what a person should read. Protocols do not log: they report through their component. */
    System.Logger log();

    /**
     * Stops the node as failed, with this sentence as the reason: for when going on would break a guarantee, such as
     * when the process learns that the others count it as crashed.
     */
    void fail(String sentence);

    /**
     * Ends this incarnation, with this sentence as the reason, and begins the next one: the components are stopped in reverse order, and
     * started again with new contexts, as those of a process with the same name and a higher incarnation, that remembers
     * nothing but its stores. For when the process learns that the others have gone on without it, and will admit it anew.
     * Where the world is not the kernel's own, as in the simulator, whoever keeps it begins the next incarnation.
     */
    void startAnew(String sentence);
}
