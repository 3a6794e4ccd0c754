package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.core.incarnation.Incarnations;
import dev.rustnet.core.incarnation.LastingTopics;
import dev.rustnet.core.incarnation.LastingTypedLinks;
import dev.rustnet.core.kernel.KernelRun;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.TypedLinks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One process of a distributed application: components on an event loop, wired and ready to start.
 *
 * <p>Built by {@link NodeBuilder#build}: components are wired, and {@link #service} answers. {@link #start} opens the
 * socket and turns the loop. All methods may be called on any thread unless they say otherwise.
 *
 * <p>A node may outlive an incarnation of its process: when the others have gone on without it, which {@code group-membership}
 * learns, its components are stopped and started again under the same name with a higher incarnation. Services, their channels with
 * their handlers, what was subscribed to with a method that returns a {@code Subscription}, topics, the receiver, and handlers of typed
 * links last; counters begin anew, messages that were under way may be lost, and between the two incarnations what is
 * sent point to point is refused with {@code IllegalStateException}, while a broadcast waits. {@link #onIncarnationEnded} tells.
 */
public final class Node implements AutoCloseable {
    // Injected
    private final Incarnations incarnations;
    private final Duration shutdownTimeout;

    // State
    private final TopicBus topics;
    private final TypedLinks typedLinks;

    Node(Incarnations incarnations, Duration shutdownTimeout) {
        this.incarnations = incarnations;
        this.shutdownTimeout = shutdownTimeout;
        topics = new LastingTopics(incarnations);
        typedLinks = new LastingTypedLinks(incarnations);
    }

    /** Builds the node of the process with that name. */
    public static NodeBuilder builder(String name) {
        return new NodeBuilder(name);
    }

    /** Builds a node from a configuration, taken as it is: the subtree {@code rustnet} counts. */
    public static NodeBuilder builder(Config config) {
        return new NodeBuilder(config);
    }

    /** Builds a node from a HOCON file, which system properties and the environment override as Typesafe Config does it. */
    public static NodeBuilder builder(Path file) {
        return new NodeBuilder(file);
    }

    /**
     * Opens the socket and turns the loop. The future completes when peers can connect; exceptionally when
     * the node stops before.
     *
     * @throws dev.rustnet.core.plan.StartException at once, not through the future, when the address cannot be listened on;
     *     the node is closed then
     * @throws IllegalStateException when it was started before, or closed
     */
    public CompletableFuture<Void> start() {
        KernelRun run = incarnations.present().run();
        run.start();
        return run.started().copy();
    }

    /**
     * Completes when the present incarnation of this process has joined: it is in an agreed view; under static membership, when
     * every configured member has been met.
     */
    public CompletableFuture<Void> whenJoined() {
        return incarnations.present().run().joined().copy();
    }

    /**
     * Completes when the node has stopped, with its last incarnation; exceptionally, with a {@link NodeFailedException}, when it
     * stopped as failed.
     */
    public CompletableFuture<Void> whenStopped() {
        return incarnations
                .stopped()
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(NodeFailedException.of(error)));
    }

    /**
     * Calls {@code listener} when an incarnation of this process has ended unasked, because the others have gone on without it or
     * because the node failed: after its components have stopped, and before the next incarnation begins or {@link #whenStopped}
     * completes. What the application has built up from deliveries is to be thrown away there: the next incarnation owes nothing
     * older than its first view. On the thread that turned the loop; nothing is delivered meanwhile. Any thread may call this.
     */
    public void onIncarnationEnded(Consumer<IncarnationEnded> listener) {
        incarnations.onEnd((ended, reason) -> listener.accept(
                new IncarnationEnded(ended.self(), reason, ended.run().unknownOutcomes())));
    }

    /**
     * The service of that interface, as this class says for all incarnations; of a type that is no public interface, that of the
     * present one.
     *
     * @throws IllegalArgumentException when no component of this node provides it; the message names those there are
     */
    public <T> T service(Class<T> service) {
        return findService(service)
                .orElseThrow(() ->
                        new IllegalArgumentException("no component of this node provides " + service.getSimpleName()
                                + "; there is " + incarnations.present().serviceNames()));
    }

    /** The service of that interface, or empty when no component of this node provides it. */
    public <T> Optional<T> findService(Class<T> service) {
        return incarnations.service(service);
    }

    /** Sends to the member of that name; see {@link #send(ProcessId, byte[])}. */
    public void send(String to, byte[] message) {
        send(ProcessId.named(to), message);
    }

    /**
     * Sends over a perfect link: as long as both are correct it arrives, once, in the order of sending. Waits while the
     * window is full; on the loop it never waits.
     *
     * @throws IllegalArgumentException when {@code to} is not a member, or the message is too long
     * @throws dev.rustnet.broadcast.WindowFullException on the loop, when the window is full
     * @throws IllegalStateException when the node has stopped
     */
    public void send(ProcessId to, byte[] message) {
        incarnations.present().messages().direct().send(to, message);
    }

    /**
     * Sets what is called for messages that others {@link #send}. Before {@link #start}; at most once.
     *
     * @throws IllegalStateException when the node has been started, or a receiver is set already
     */
    public void onReceive(Receiver receiver) {
        if (incarnations.present().run().opened()) {
            throw new IllegalStateException("a receiver is set before the node is started");
        }
        incarnations.inEach(kernel -> kernel.messages().direct().onReceive(receiver::receive));
    }

    /**
     * The application's messages and requests whose payloads are values of registered classes ({@link NodeBuilder#payload}),
     * apart from those of bytes. Any thread; always the same.
     */
    public TypedLinks typedLinks() {
        return typedLinks;
    }

    /** This process, with its present incarnation. */
    public ProcessId self() {
        return incarnations.present().self();
    }

    /** The configured members. */
    public Group group() {
        return incarnations.present().group();
    }

    /** The address listened on, {@code host:port}, with the real port once the node has started. */
    public String address() {
        return incarnations.present().address();
    }

    /** All counters of the present incarnation, by name. */
    public SortedMap<String, Long> counters() {
        return incarnations.present().counters();
    }

    /**
     * The latest broadcast messages that could not be handed to the application because they are malformed or
     * undecodable, the oldest first; {@code rustnet.node.dead-letters} says how many are kept. Any thread.
     */
    public List<DeadLetter> deadLetters() {
        return incarnations.present().deadLetters();
    }

    /** The order in which components were started, and why. */
    public StartPlan plan() {
        return incarnations.present().plan();
    }

    /**
     * The notices of the components. To be used before {@link #start}, or on the loop ({@link #execute}); that is not
     * checked. Notices are not replayed: who subscribes late has missed those before.
     */
    public TopicBus topics() {
        return topics;
    }

    /**
     * Runs {@code action} in a later turn of the loop; waits while the queue into it is full.
     *
     * @throws IllegalStateException when the node has stopped
     */
    public void execute(Runnable action) {
        incarnations.present().loop().execute(action);
    }

    /**
     * Stops in good order: lets what was sent arrive, as far as {@code shutdown-timeout} allows, says goodbye, stops the
     * components in reverse order, closes the socket. Waits for it, unless called on the loop, which goes on to turn
     * until {@link #whenStopped} completes. Idempotent.
     */
    @Override
    public void close() {
        incarnations.close(shutdownTimeout);
    }
}
