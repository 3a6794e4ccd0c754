package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import dev.rustnet.component.Settings;
import dev.rustnet.core.link.LinkSettings;
import dev.rustnet.core.log.BroadcastLogs;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.group.Group.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks and reads what the core itself is told: {@code rustnet.node}, {@code peers}, {@code link}, {@code broadcast}. */
public final class NodeSettingsReader {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    private static final Settings NODE = Settings.none()
            .text("name")
            .text("bind")
            .text("advertise")
            .number("max-peers", 0, 4_095)
            .text("transport")
            .text("cluster")
            .size("max-message-size", KIB, 64 * MIB)
            .duration("shutdown-timeout", Duration.ZERO, Duration.ofMinutes(10))
            .duration("delivery-budget", Duration.ofNanos(10_000), Duration.ofSeconds(1))
            .choice("on-component-failure", "stop", "continue")
            .number("inbox-capacity", 16, 1 << 24)
            .number("blocking-threads", 1, 256)
            .number("dead-letters", 0, 65_536)
            .duration("report-blocked-after", Duration.ZERO, Duration.ofMinutes(10))
            .text("data-directory");
    private static final Settings LINK = Settings.none()
            .size("window-bytes", 64 * KIB, 1024 * MIB)
            .number("window-messages", 1, 1 << 20)
            .duration("handshake-timeout", Duration.ofMillis(10), Duration.ofMinutes(1))
            .duration("dial-timeout", Duration.ofMillis(10), Duration.ofMinutes(1))
            .duration("dial-backoff-min", Duration.ofMillis(1), Duration.ofMinutes(1))
            .duration("dial-backoff-max", Duration.ofMillis(1), Duration.ofMinutes(10))
            .duration("retransmit-after", Duration.ofMillis(10), Duration.ofMinutes(1))
            .duration("pass-on-after", Duration.ofMillis(1), Duration.ofMinutes(1))
            .choice("dial", "all", "on-demand");
    private static final Map<String, Settings> SECTIONS =
            Map.of("node", NODE, "link", LINK, "broadcast", WindowSettings.SETTINGS);

    // Injected
    private final Config config;
    private final List<Problem> problems;

    private NodeSettingsReader(Config config, List<Problem> problems) {
        this.config = config;
        this.problems = problems;
    }

    /** The keys of the section {@code rustnet.<name>}, when it is the core's own. */
    static Optional<Settings> section(String name) {
        return Optional.ofNullable(SECTIONS.get(name));
    }

    /** The name of the transport, when at least that can be read. */
    public static Optional<String> transportName(Config effective) {
        try {
            return Optional.of(effective.getString("rustnet.node.transport"));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** Reads the settings, or finds problems and returns nothing. */
    public static Optional<NodeSettings> read(Config effective, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Optional<NodeSettings> settings = new NodeSettingsReader(effective, found).read();
        problems.addAll(found);
        return found.isEmpty() ? settings : Optional.empty();
    }

    private Optional<NodeSettings> read() {
        SECTIONS.keySet().stream().sorted().forEach(this::checkSection);
        PeerList peers = new PeerList(problems);
        peers.read(config);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Config node = config.getConfig("rustnet.node");
        checkAddress("bind");
        checkAddress("advertise");
        checkCluster(node);
        checkBackoff();
        Optional<Member> self = peers.self(node.getString("name"), node.getString("advertise"));
        int others = peers.group().size() - 1;
        if (others > node.getInt("max-peers")) {
            problems.add(Problem.of(
                            ProblemCode.CONTRADICTION,
                            Origins.of(node, "max-peers") + ": rustnet.node.max-peers = " + node.getInt("max-peers")
                                    + " is less than the number of other processes, " + others + ".")
                    .with("peers", "listed at " + Origins.of(config, "rustnet.peers"))
                    .fix("set rustnet.node.max-peers to " + others + " or more"));
        }
        return problems.isEmpty() ? self.map(own -> settings(node, own, peers)) : Optional.empty();
    }

    private void checkSection(String section) {
        String path = "rustnet." + section;
        if (!config.hasPath(path) || config.getValue(path).valueType() != ConfigValueType.OBJECT) {
            problems.add(Problem.of(
                            ProblemCode.BAD_VALUE, Origins.of(config, path) + ": " + path + " is not a block of keys.")
                    .fix("write " + section + " { ... }"));
            return;
        }
        Settings settings = SECTIONS.getOrDefault(section, NODE);
        problems.addAll(SettingsCheck.check(config.getConfig(path), path, settings));
        for (Settings.Setting setting : settings.all()) {
            if (!config.hasPath(path + "." + setting.key())) {
                problems.add(Problem.of(
                                ProblemCode.BAD_VALUE,
                                Origins.of(config, path) + ": " + path + "." + setting.key() + " has no value.")
                        .fix("give one, or remove the line that sets it to null"));
            }
        }
    }

    private void checkAddress(String key) {
        String path = "rustnet.node." + key;
        String text = config.getString(path);
        if (text.isEmpty() && key.equals("advertise")) {
            return;
        }
        try {
            Address.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(Problem.of(
                            ProblemCode.BAD_VALUE,
                            Origins.of(config, path) + ": " + path + " = \"" + text + "\" is not an address: "
                                    + e.getMessage() + ".")
                    .fix("write host:port, such as \"0.0.0.0:8888\""));
        }
    }

    private void checkCluster(Config node) {
        String cluster = node.getString("cluster");
        if (cluster.isBlank() || cluster.length() > 64) {
            problems.add(Problem.of(
                            ProblemCode.OUT_OF_RANGE,
                            Origins.of(node, "cluster") + ": rustnet.node.cluster = \"" + cluster
                                    + "\" is out of range.")
                    .fix("give a name of 1 to 64 characters"));
        }
    }

    private void checkBackoff() {
        Config link = config.getConfig("rustnet.link");
        if (link.getDuration("dial-backoff-min").compareTo(link.getDuration("dial-backoff-max")) > 0) {
            problems.add(Problem.of(
                            ProblemCode.CONTRADICTION,
                            Origins.of(link, "dial-backoff-min") + ": rustnet.link.dial-backoff-min is longer than"
                                    + " dial-backoff-max (" + Origins.of(link, "dial-backoff-max") + ").")
                    .fix("make it shorter, or the other one longer"));
        }
    }

    private NodeSettings settings(Config node, Member self, PeerList peers) {
        Config link = config.getConfig("rustnet.link");
        int maxMessageLength = Math.toIntExact(node.getBytes("max-message-size"));
        String advertise = node.getString("advertise");
        return new NodeSettings(
                self.name(),
                peers.group(),
                node.getString("bind"),
                advertise.isEmpty() ? self.address() : advertise,
                node.getInt("max-peers"),
                node.getString("transport"),
                node.getString("cluster"),
                maxMessageLength,
                node.getDuration("shutdown-timeout"),
                node.getDuration("delivery-budget"),
                node.getString("on-component-failure").equals("stop"),
                node.getInt("inbox-capacity"),
                node.getInt("blocking-threads"),
                node.getInt("dead-letters"),
                node.getDuration("report-blocked-after"),
                node.getString("data-directory"),
                link.getDuration("dial-timeout"),
                new LinkSettings(
                        maxMessageLength,
                        Math.toIntExact(link.getBytes("window-bytes")),
                        link.getInt("window-messages"),
                        link.getDuration("handshake-timeout"),
                        link.getDuration("dial-backoff-min"),
                        link.getDuration("dial-backoff-max"),
                        link.getDuration("retransmit-after"),
                        link.getDuration("pass-on-after"),
                        link.getString("dial").equals("on-demand")),
                WindowSettings.deliverOn(config.getConfig("rustnet.broadcast"), BroadcastLogs.DeliverOn.LOOP),
                WindowSettings.shared(
                        config.getConfig("rustnet.broadcast"), peers.group().size()));
    }
}
