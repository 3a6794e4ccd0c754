package dev.rustnet.core.kernel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.environment.SystemEnvironment;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.plan.ComponentCatalog;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.core.settings.Configuration;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.core.settings.NodeSettingsReader;
import dev.rustnet.core.settings.Origins;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sound plan with a world and a transport to carry it out: closed, or {@linkplain #wire wired} into a node. */
public final class Blueprint implements AutoCloseable {
    /** Connections that are there for a moment besides one for each peer: simultaneous dials, probes, strangers. */
    private static final int SPARE_CONNECTIONS = 16;

    private static final int PROVISIONAL_LENGTH = 1024;
    private static final String PROVISIONAL_BIND = "127.0.0.1:0";

    // Injected
    private final Plan plan;
    private final Environment environment;
    private final Transport transport;
    private final Runnable closeEnvironment;

    private Blueprint(Plan plan, Environment environment, Transport transport, Runnable closeEnvironment) {
        this.plan = plan;
        this.environment = environment;
        this.transport = transport;
        this.closeEnvironment = closeEnvironment;
    }

    /**
     * Plans a node.
     *
     * @param given the world to run in; the real one when there is none
     * @throws StartException with all problems, when there are any
     */
    public static Blueprint draw(
            Configuration configuration,
            ComponentCatalog catalog,
            Map<String, Class<?>> payloads,
            ClassLoader loader,
            @Nullable Environment given) {
        Config effective = configuration.effective();
        Optional<NodeSettings> settings = NodeSettingsReader.read(effective, new ArrayList<>());
        Environment environment = given;
        Runnable closeEnvironment = () -> {};
        if (environment == null) {
            SystemEnvironment system = system(loader, settings);
            environment = system;
            closeEnvironment = system::close;
        }
        List<Problem> problems = new ArrayList<>();
        Optional<Transport> transport = transport(configuration, settings, environment, problems);
        try {
            Plan plan = Planner.plan(configuration, catalog, payloads);
            if (transport.isPresent()) {
                return new Blueprint(plan, environment, transport.get(), closeEnvironment);
            }
        } catch (StartException e) {
            problems.addAll(e.problems().problems());
        }
        transport.ifPresent(Transport::close);
        closeEnvironment.run();
        throw new StartException(problems);
    }

    /** With other settings wrong it still says whether there is such a transport. */
    private static SystemEnvironment system(ClassLoader loader, Optional<NodeSettings> settings) {
        return settings.map(sound -> new SystemEnvironment(
                        loader,
                        sound.name(),
                        Path.of(sound.dataDirectory()),
                        sound.blockingThreads(),
                        sound.reportBlockedAfter()))
                .orElseGet(() -> new SystemEnvironment(loader, "nobody", Path.of(""), 1, Duration.ZERO));
    }

    private static Optional<Transport> transport(
            Configuration configuration,
            Optional<NodeSettings> settings,
            Environment environment,
            List<Problem> problems) {
        Config effective = configuration.effective();
        Optional<String> name =
                settings.map(NodeSettings::transport).or(() -> NodeSettingsReader.transportName(effective));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        int maxMessageLength = settings.map(NodeSettings::maxMessageLength).orElse(PROVISIONAL_LENGTH);
        try {
            return Optional.of(environment.transport(
                    name.get(),
                    new TransportProvider.Settings(
                            settings.map(NodeSettings::bind).orElse(PROVISIONAL_BIND),
                            LinkLayer.maxFrameLength(maxMessageLength),
                            2 * settings.map(NodeSettings::maxPeers).orElse(1)
                                    + LinkLayer.MAX_CALLERS
                                    + SPARE_CONNECTIONS,
                            settings.map(NodeSettings::dialTimeout).orElse(Duration.ofSeconds(1)),
                            configuration.transport(name.get()),
                            environment.blocking(),
                            environment.logger("rustnet.transport." + name.get()))));
        } catch (InvalidSettingException e) {
            if (!configuration.unknownToTransport(name.get(), e.key())) {
                problems.add(badTransportSetting(effective, name.get(), e));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            problems.add(Problem.of(
                            ProblemCode.NO_TRANSPORT,
                            Origins.of(effective, "rustnet.node.transport")
                                    + ": rustnet.node.transport = \"" + name.get() + "\" cannot be used: "
                                    + e.getMessage() + ".")
                    .fix("choose another transport, or add its jar"));
            return Optional.empty();
        }
    }

    private static Problem badTransportSetting(Config effective, String transport, InvalidSettingException e) {
        String path = ConfigUtil.joinPath("rustnet", "transport", transport, e.key());
        String value = effective.hasPath(path) ? " = " + Origins.render(effective.getValue(path)) : "";
        return Problem.of(
                        ProblemCode.NO_TRANSPORT,
                        Origins.of(effective, path) + ": " + path + value + " " + e.getMessage() + ".")
                .fix("change it, or remove it to have the transport's own value");
    }

    /** The plan for a person to read. */
    public StartPlan startPlan() {
        return plan.startPlan();
    }

    /** How long what was sent may take to arrive when the node is closed. */
    public Duration shutdownTimeout() {
        return plan.settings().shutdownTimeout();
    }

    /**
     * Wires the node; this is its business from now on.
     *
     * @param former the highest incarnation of this process so far, above which this one is; 0 when it has had none
     * @throws StartException when a component fails to start; all is closed then
     */
    public Kernel wire(long former) {
        return Kernel.wire(plan, environment, transport, closeEnvironment, former);
    }

    /**
     * Waits until no thread of this node's world is in a handler or in work that blocks any more; after the node has stopped, and
     * not on such a thread.
     */
    public void awaitThreads() {
        if (environment instanceof SystemEnvironment system) {
            system.awaitThreads();
        }
    }

    @Override
    public void close() {
        transport.close();
        closeEnvironment.run();
    }
}
