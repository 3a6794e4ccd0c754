package dev.rustnet.core.kernel;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.component.Blocking;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import dev.rustnet.core.settings.WindowSettings;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.LinkHeader;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.link.TypedLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One component's view of its node. */
final class KernelContext implements ComponentContext, AutoCloseable {
    // Injected
    private final PlannedComponent component;
    private final NodeParts node;
    private final ComponentGuard guard;
    private final Timers timers;
    private final TopicBus topics;
    private final System.Logger log;

    // State
    private final List<Sink> sinks = new ArrayList<>();
    private @Nullable FairLossLinks transport;
    private @Nullable PerfectLinks links;
    private @Nullable TypedLinks typedLinks;
    private @Nullable RandomGenerator random;
    private boolean logOpened;
    private boolean starting = true;

    KernelContext(PlannedComponent component, NodeParts node) {
        this.component = component;
        this.node = node;
        this.guard = new ComponentGuard(component.name(), node.failures(), node.environment()::acts);
        this.timers = guard.guard(node.loop().timers());
        this.topics = guard.guard(node.topics());
        this.log = node.environment().logger("rustnet." + component.name());
    }

    /** The component's start has returned: its tables are fixed. */
    void freeze() {
        starting = false;
    }

    @Override
    public ProcessId self() {
        return node.identity().self();
    }

    @Override
    public Group group() {
        return node.identity().group();
    }

    @Override
    public Config config() {
        return component.config();
    }

    // Made when first asked for: only what is used has a name on the wire.

    @Override
    public FairLossLinks transport() {
        if (transport == null) {
            transport = node.links().fairLoss(component.name());
        }
        return transport;
    }

    @Override
    public PerfectLinks links() {
        if (links == null) {
            links = guard.guard(node.links().perfect(component.name()));
        }
        return links;
    }

    @Override
    public TypedLinks typedLinks() {
        if (typedLinks == null) {
            typedLinks = node.messages().typed(component.name(), (handler, from, error) -> node.failures()
                    .report(component.name(), error));
        }
        return typedLinks;
    }

    @Override
    public BroadcastLog broadcastLog(
            BroadcastLog.Retention retention,
            BroadcastLog.Acknowledgement acknowledgement,
            BroadcastProtocol protocol) {
        onlyInStart("opens a broadcast log");
        ComponentDescriptor descriptor = component.descriptor();
        if (!descriptor.requires().contains(GroupMembership.class)) {
            throw new IllegalStateException(descriptor.name()
                    + " opens a broadcast log, but its descriptor does not declare .requires(GroupMembership.class)");
        }
        if (logOpened) {
            throw new IllegalStateException(descriptor.name() + " opens a second broadcast log; there is one at most");
        }
        logOpened = true;
        return node.logs()
                .open(
                        descriptor.name(),
                        WindowSettings.read(
                                component.config(), node.plan().settings().window()),
                        WindowSettings.deliverOn(
                                component.config(), node.plan().settings().deliverOn()),
                        retention,
                        acknowledgement,
                        protocol);
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public Clock clock() {
        return node.loop().clock();
    }

    @Override
    public RandomGenerator random() {
        if (random == null) {
            random = node.environment().random(component.name());
        }
        return random;
    }

    @Override
    public TopicBus topics() {
        return topics;
    }

    @Override
    public <T> T require(Class<T> service) {
        return node.services().require(component.descriptor(), service);
    }

    @Override
    public <T> Optional<T> find(Class<T> service) {
        return node.services().find(component.descriptor(), service);
    }

    @Override
    public <T> void provide(Class<T> service, T provider) {
        onlyInStart("provides " + service.getSimpleName());
        node.services().provide(component.descriptor(), service, provider);
    }

    @Override
    public void stamp(BroadcastHeader<?> header) {
        onlyInStart("adds the header " + header.name());
        addHeader(header.name());
        node.logs().stamp(header);
    }

    @Override
    public LinkHeader.Trigger annotate(LinkHeader header) {
        onlyInStart("adds the header " + header.name());
        addHeader(header.name());
        return node.links().annotate(header);
    }

    private void addHeader(String name) {
        if (!node.headers().add(name)) {
            throw new IllegalStateException(
                    component.name() + " adds the header " + name + ", of which there is one already");
        }
    }

    private void onlyInStart(String what) {
        if (!starting) {
            throw new IllegalStateException(component.name() + " " + what + " after its start; only start may do that");
        }
    }

    @Override
    public void execute(Runnable action) {
        node.loop().execute(guard.guard(action));
    }

    @Override
    public Blocking blocking() {
        return this::runBlocking;
    }

    private <T> CompletionStage<T> runBlocking(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            node.environment().blocking().execute(() -> {
                try {
                    T value = work.call();
                    onLoop(() -> result.complete(value));
                } catch (Exception | Error e) {
                    onLoop(() -> result.completeExceptionally(e));
                }
            });
        } catch (RejectedExecutionException e) {
            node.loop().later(() -> result.completeExceptionally(e));
        }
        return result;
    }

    private void onLoop(Runnable action) {
        try {
            execute(action);
        } catch (IllegalStateException e) {
            // The node has stopped: nobody waits for the result any more.
            log.log(System.Logger.Level.DEBUG, "a result came after the node had stopped");
        }
    }

    @Override
    public Sink sink(String name) {
        Sink sink = node.environment().sink(name);
        sinks.add(sink);
        return sink;
    }

    @Override
    public Store store(String name) {
        return node.environment().store(component.name(), name);
    }

    @Override
    public System.Logger log() {
        return log;
    }

    @Override
    public void fail(String sentence) {
        if (starting) {
            throw new IllegalStateException(sentence);
        }
        node.fatal().fail(component.name(), sentence);
    }

    @Override
    public void startAnew(String sentence) {
        if (starting) {
            throw new IllegalStateException(sentence);
        }
        node.fatal().startAnew(component.name(), sentence);
    }

    /** Closes the sinks that the component opened; it may have closed them itself. */
    @Override
    public void close() {
        sinks.forEach(Sink::close);
    }
}
