package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.core.kernel.Kernel;
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

/**
 * One process of a distributed application: components on an event loop, wired and ready to start.
 *
 * <p>Built by {@link NodeBuilder#build}: components are wired, and {@link #service} answers. {@link #start} opens the
 * socket and turns the loop. All methods may be called on any thread unless they say otherwise.
 */
public final class Node implements AutoCloseable {
    // Injected
    private final Kernel kernel;
    private final Duration shutdownTimeout;

    Node(Kernel kernel, Duration shutdownTimeout) {
        this.kernel = kernel;
        this.shutdownTimeout = shutdownTimeout;
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
        kernel.run().start();
        return kernel.run().started().copy();
    }

    /**
     * Completes when this process has joined: it is in an agreed view; under static membership, when every configured member
     * has been met.
     */
    public CompletableFuture<Void> whenJoined() {
        return kernel.run().joined().copy();
    }

    /** Completes when the node has stopped; exceptionally, with a {@link NodeFailedException}, when it stopped as failed. */
    public CompletableFuture<Void> whenStopped() {
        return kernel.run()
                .stopped()
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        new NodeFailedException(String.valueOf(error.getMessage()), error.getCause())));
    }

    /**
     * The service of that interface.
     *
     * @throws IllegalArgumentException when no component of this node provides it; the message names those there are
     */
    public <T> T service(Class<T> service) {
        return findService(service)
                .orElseThrow(() -> new IllegalArgumentException("no component of this node provides "
                        + service.getSimpleName() + "; there is " + kernel.serviceNames()));
    }

    /** The service of that interface, or empty when no component of this node provides it. */
    public <T> Optional<T> findService(Class<T> service) {
        return kernel.service(service);
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
        kernel.messages().direct().send(to, message);
    }

    /**
     * Sets what is called for messages that others {@link #send}. Before {@link #start}; at most once.
     *
     * @throws IllegalStateException when the node has been started, or a receiver is set already
     */
    public void onReceive(Receiver receiver) {
        if (kernel.run().opened()) {
            throw new IllegalStateException("a receiver is set before the node is started");
        }
        kernel.messages().direct().onReceive(receiver::receive);
    }

    /**
     * The application's messages and requests whose payloads are values of registered classes ({@link NodeBuilder#payload}),
     * apart from those of bytes. Any thread; always the same.
     */
    public TypedLinks typedLinks() {
        return kernel.messages().typed();
    }

    /** This process, with its incarnation. */
    public ProcessId self() {
        return kernel.self();
    }

    /** The configured members. */
    public Group group() {
        return kernel.group();
    }

    /** The address listened on, {@code host:port}, with the real port once the node has started. */
    public String address() {
        return kernel.address();
    }

    /** All counters, by name. */
    public SortedMap<String, Long> counters() {
        return kernel.counters();
    }

    /**
     * The latest broadcast messages that could not be handed to the application because they are malformed or
     * undecodable, the oldest first; {@code rustnet.node.dead-letters} says how many are kept. Any thread.
     */
    public List<DeadLetter> deadLetters() {
        return kernel.deadLetters();
    }

    /** The order in which components were started, and why. */
    public StartPlan plan() {
        return kernel.plan();
    }

    /**
     * The notices of the components. To be used before {@link #start}, or on the loop ({@link #execute}); that is not
     * checked. Notices are not replayed: who subscribes late has missed those before.
     */
    public TopicBus topics() {
        return kernel.topics();
    }

    /**
     * Runs {@code action} in a later turn of the loop; waits while the queue into it is full.
     *
     * @throws IllegalStateException when the node has stopped
     */
    public void execute(Runnable action) {
        kernel.loop().execute(action);
    }

    /**
     * Stops in good order: lets what was sent arrive, as far as {@code shutdown-timeout} allows, says goodbye, stops the
     * components in reverse order, closes the socket. Waits for it, unless called on the loop, which goes on to turn
     * until {@link #whenStopped} completes. Idempotent.
     */
    @Override
    public void close() {
        kernel.run().close(shutdownTimeout);
    }
}
