package dev.rustnet.core.kernel;

import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.core.bus.LoopTopicBus;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.codec.RecordCodec;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.link.Identity;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.link.OnRefusal;
import dev.rustnet.core.log.BroadcastLogs;
import dev.rustnet.core.log.DeadLetters;
import dev.rustnet.core.log.LogParts;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.message.Messages;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.transport.Transport;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A wired node: every part of it, and its components started. It is run by a {@link KernelRun}. */
public final class Kernel {
    private static final int RANDOM_BITS = 20;
    private static final String OTHERS = "the others";

    // Injected
    private final Plan plan;
    private final Transport transport;

    // State
    private final Counters counters = new Counters();
    private final ReportTarget onError = new ReportTarget();
    private final System.Logger log;
    private final EventLoop loop;
    private final LinkLayer links;
    private final DeadLetters deadLetters;
    private final BroadcastLogs logs;
    private final TopicBus topics;
    private final Services services = new Services();
    private final Identity identity;
    private final ComponentLifeCycle components;
    private final Messages messages;
    private final KernelRun run;

    /**
     * Wires the planned node: everything but its components, which {@link #wire} starts.
     *
     * @param closeEnvironment run last of all when the node has stopped
     * @param former the highest incarnation of this process so far; 0 when it has had none
     */
    private Kernel(Plan plan, Environment environment, Transport transport, Runnable closeEnvironment, long former) {
        this.plan = plan;
        this.transport = transport;
        NodeSettings settings = plan.settings();
        log = environment.logger("rustnet.node");
        loop = new EventLoop(environment.time(), settings.inboxCapacity(), onError);
        counters.level("loop.turns", loop::turns);
        SortedSet<String> headers = Collections.synchronizedSortedSet(new TreeSet<>());
        SortedSet<String> names = new TreeSet<>();
        plan.components().forEach(component -> names.add(component.name()));
        identity = new Identity(
                new ProcessId(settings.name(), Math.max(incarnation(environment), former + 1)),
                settings.cluster(),
                settings.advertise(),
                settings.group(),
                AgreedSettings.of(plan),
                names,
                headers);
        run = new KernelRun(this, environment, closeEnvironment);
        links = new LinkLayer(
                identity,
                settings.link(),
                loop,
                environment.random("links"),
                counters,
                environment.logger("rustnet.link"),
                new Refused());
        Failures failures =
                new Failures(plan.components(), settings.stopOnComponentFailure(), log, counters, run::failed);
        onError.target = failures::report;
        topics = new LoopTopicBus(loop::later, failures::report);
        deadLetters = new DeadLetters(settings.deadLetters(), loop.clock());
        PayloadCodec codec = new RecordCodec(plan.payloads(), settings.maxMessageLength());
        logs = new BroadcastLogs(
                new LogParts(
                        identity.self(),
                        links,
                        loop,
                        codec,
                        counters,
                        deadLetters,
                        topics,
                        environment.logger("rustnet.broadcast"),
                        environment::lane,
                        settings.maxMessageLength()),
                settings.deliveryBudget().toNanos());
        messages = new Messages(settings, loop, links, codec, counters, environment.logger("rustnet.application"));
        NodeParts parts = new NodeParts(
                plan, environment, identity, headers, loop, links, logs, messages, topics, services, failures, run);
        components = new ComponentLifeCycle(parts, log);
    }

    private final class Refused implements OnRefusal {
        @Override
        public void excluded(String sentence) {
            boolean again = services.find(GroupMembership.class)
                    .map(GroupMembership::excluded)
                    .orElse(false);
            if (again) {
                run.startAnew(OTHERS, sentence);
            } else {
                run.fail(OTHERS, sentence);
            }
        }

        /** It has not taken part: what becomes of who was excluded is not the question. */
        @Override
        public void outdated(String sentence, long highest) {
            run.startAnew(OTHERS, sentence, highest);
        }
    }

    /** The loop is there before those to whom it reports. */
    private static final class ReportTarget implements Consumer<Throwable> {
        private Consumer<Throwable> target = error -> {
            throw new IllegalStateException("nothing runs before the node is wired", error);
        };

        @Override
        public void accept(Throwable error) {
            target.accept(error);
        }
    }

    private static long incarnation(Environment environment) {
        return (environment.time().now().toEpochMilli() << RANDOM_BITS)
                | environment.random("incarnation").nextLong(1L << RANDOM_BITS);
    }

    /**
     * Wires the planned node and starts its components. Opens no socket.
     *
     * @param closeEnvironment run last of all when the node has stopped, or cannot start
     * @param former the highest incarnation of this process so far, above which this one is; 0 when it has had none
     * @throws StartException when a component fails; all has been stopped and closed then
     */
    public static Kernel wire(
            Plan plan, Environment environment, Transport transport, Runnable closeEnvironment, long former) {
        Kernel kernel = new Kernel(plan, environment, transport, closeEnvironment, former);
        try {
            kernel.components.start(plan.components());
            GroupMembership membership =
                    kernel.services.find(GroupMembership.class).orElseThrow();
            kernel.links.attach(membership);
            kernel.logs.attach(membership);
            kernel.messages.attach(
                    membership, kernel.services.find(FailureDetector.class).orElse(null));
            return kernel;
        } catch (RuntimeException | Error e) {
            kernel.run.abandon();
            throw e;
        }
    }

    /** The part that starts, stops, and knows which of both. */
    public KernelRun run() {
        return run;
    }

    public StartPlan plan() {
        return plan.startPlan();
    }

    public ProcessId self() {
        return identity.self();
    }

    public Group group() {
        return identity.group();
    }

    /** Where it listens, or will. */
    public String address() {
        return run.opened() ? transport.localAddress() : plan.settings().bind();
    }

    public TopicBus topics() {
        return topics;
    }

    public EventLoop loop() {
        return loop;
    }

    public Messages messages() {
        return messages;
    }

    public SortedMap<String, Long> counters() {
        return counters.snapshot();
    }

    /** The latest messages that could not be handed to the application, the oldest first. */
    public List<DeadLetter> deadLetters() {
        return deadLetters.list();
    }

    /** The service of that interface, when a component provides it. */
    public <T> Optional<T> service(Class<T> service) {
        return services.find(service);
    }

    /** The names of all services, for a message. */
    public String serviceNames() {
        return services.names();
    }

    /** Something that the application had called threw. */
    public void callbackThrew(String whose, Throwable error) {
        log.log(
                System.Logger.Level.ERROR,
                Problem.of(ProblemCode.CALLBACK_FAILED, "the application's " + whose + " threw " + error + ".")
                        .with("then", "the node goes on")
                        .toString(),
                error);
    }

    // For the run

    void report(Throwable error) {
        onError.accept(error);
    }

    Plan planned() {
        return plan;
    }

    Transport transport() {
        return transport;
    }

    LinkLayer links() {
        return links;
    }

    BroadcastLogs logs() {
        return logs;
    }

    ComponentLifeCycle components() {
        return components;
    }

    System.Logger log() {
        return log;
    }
}
