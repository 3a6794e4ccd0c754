package dev.rustnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.Settings;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken set-ups, and word for word what a person reads then. The texts are in src/test/resources/golden. */
class StartReportTest {
    private static final String MEMBERS = "rustnet { node.name = first, peers = [\"first@127.0.0.1:8888\"] }\n";

    private final HandDrivenWorld world = new HandDrivenWorld();

    @TempDir
    Path folder;

    @Test
    void aServiceThatNobodyProvides() {
        NodeBuilder node = node("").component(ScriptedComponent.of(
                ComponentDescriptor.named("reliable-broadcast").requires(FailureDetector.class)));

        assertReport(node, "missing-service");
    }

    @Test
    void aServiceWhoseProviderIsDisabled() {
        NodeBuilder node = node("rustnet.components.failure-detector {\n  enabled = false\n}\n")
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("failure-detector").provides(FailureDetector.class)))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("reliable-broadcast").requires(FailureDetector.class)));

        assertReport(node, "missing-service-disabled");
    }

    @Test
    void anAssumptionThatNobodyMakesTrue() {
        NodeBuilder node = node("").component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector")
                        .provides(FailureDetector.class)
                        .providesWith(
                                "assume-synchrony = true",
                                PerfectFailureDetector.class,
                                "pauses and delays are always shorter than its timeout")))
                .component(ScriptedComponent.of(ComponentDescriptor.named("all-ack-broadcast")
                        .requires(FailureDetector.class)
                        .guarantees("URB1 validity", "URB4 uniform agreement")
                        .assumes(Assumption.MAJORITY_OF_CORRECT_PROCESSES, Assumption.PERFECT_FAILURE_DETECTION)));

        assertReport(node, "unfounded-assumption");
    }

    @Test
    void anAssumptionOfOneselfWhoseProviderIsNotThere() {
        Assumption leader = Assumption.of("one leader", "all trust the same process at last")
                .madeTrueBy(CausalBroadcast.class);
        NodeBuilder node = node("").component(ScriptedComponent.of(
                        ComponentDescriptor.named("consensus").assumes(leader)))
                .component(ScriptedComponent.of(ComponentDescriptor.named("careful")
                        .assumes(leader.orElse(Assumption.MAJORITY_OF_CORRECT_PROCESSES))));

        assertReport(node, "unfounded-assumption-alone");
    }

    @Test
    void aServiceThatIsBothRequiredAndAssumedIsMissedOnce() {
        NodeBuilder node = node("").component(ScriptedComponent.of(ComponentDescriptor.named("all-ack-broadcast")
                .requires(PerfectFailureDetector.class)
                .assumes(Assumption.PERFECT_FAILURE_DETECTION)));

        StartException report = catchThrowableOfType(StartException.class, node::build);

        assertThat(report.problems().problems()).extracting(Problem::code).containsExactly(ProblemCode.MISSING_SERVICE);
    }

    @Test
    void whatAComponentMakesTrueMayBeAssumed() {
        NodeBuilder node = node("").component(ScriptedComponent.of(
                        ComponentDescriptor.named("failure-detector").provides(PerfectFailureDetector.class)))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("all-ack-broadcast").assumes(Assumption.PERFECT_FAILURE_DETECTION)));

        assertThat(node.plan().order()).extracting(StartPlan.Step::name).contains("all-ack-broadcast");
    }

    @Test
    void aCircle() {
        NodeBuilder node = node("rustnet.components.causal-broadcast.over = total-order")
                .component(ScriptedComponent.of(ComponentDescriptor.named("causal-broadcast")
                                .provides(CausalBroadcast.class)
                                .requires(ReliableBroadcast.class))
                        .knows(Settings.none().text("over")))
                .component(ScriptedComponent.of(ComponentDescriptor.named("reliable-broadcast")
                        .provides(ReliableBroadcast.class)
                        .requires(BestEffortBroadcast.class)))
                .component(ScriptedComponent.of(ComponentDescriptor.named("strange-broadcast")
                        .provides(BestEffortBroadcast.class)
                        .requiresOptional(CausalBroadcast.class)))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("waits-for-the-circle").requires(ReliableBroadcast.class)));

        assertReport(node, "cycle");
    }

    @Test
    void aComponentThatRequiresItself() {
        NodeBuilder node = node("").component(ScriptedComponent.of(ComponentDescriptor.named("narcissus")
                .provides(FailureDetector.class)
                .requires(FailureDetector.class)));

        assertReport(node, "self-dependency");
    }

    @Test
    void twoProvidersWithoutAChoice() {
        NodeBuilder node = node("").component(ScriptedComponent.of(
                        ComponentDescriptor.named("best-effort-broadcast").provides(BestEffortBroadcast.class)))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("udp-broadcast").provides(BestEffortBroadcast.class)))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("reliable-broadcast").requires(BestEffortBroadcast.class)));

        assertReport(node, "two-providers");
    }

    @Test
    void twoComponentsWithOneName() {
        NodeBuilder node = node("").component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector")))
                .component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector")));

        assertReport(node, "duplicate-name");
    }

    @Test
    void providersThatCannotBeMadeWhileTheOthersAreFound() {
        URL broken = resource("/broken-providers/");
        NodeBuilder node = node("rustnet.components.throwing-constructor.key = 1")
                .discover(true)
                .classLoader(new URLClassLoader(new URL[] {broken}, getClass().getClassLoader()))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("reliable-broadcast").requires(FailureDetector.class)));

        assertReport(node, "constructor-throws");
    }

    @Test
    void aComponentThatThrowsInStart() {
        NodeBuilder node = node("rustnet.components.failure-detector {}\n")
                .component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector"))
                        .onStart(context -> {
                            throw new IOException("no heart to beat");
                        }));

        assertReport(node, "start-throws");
        assertThat(world.closed).isTrue();
    }

    @Test
    void aDeclaredServiceThatIsNotProvided() {
        NodeBuilder node = node("").component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector")
                .provides(FailureDetector.class)
                .provides(PerfectFailureDetector.class)));

        assertReport(node, "not-provided");
    }

    @Test
    void unknownKeys() {
        NodeBuilder node = node("""
                        rustnet {
                          node.max-peer = 4
                          nodes { bind = "0.0.0.0:1" }
                          components {
                            failure-detector { timeuot = 5s }
                            falure-detector { timeout = 5s }
                          }
                        }
                        """)
                .component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector"))
                        .knows(Settings.none()
                                .duration("timeout", Duration.ofMillis(10), Duration.ofHours(1))
                                .duration("heartbeat-interval", Duration.ofMillis(10), Duration.ofHours(1))));

        assertReport(node, "unknown-key");
    }

    @Test
    void valuesOutOfRangeOrOfTheWrongKind() {
        NodeBuilder node = node("""
                        rustnet {
                          node { max-peers = eight, max-message-size = 1, on-component-failure = stopp }
                          link.handshake-timeout = 1ms
                          broadcast = none
                          components.failure-detector { timeout = 5, interval = soon, size = 1GiB, count = 2.5, quick = maybe }
                        }
                        """)
                .component(ScriptedComponent.of(ComponentDescriptor.named("failure-detector"))
                        .knows(Settings.none()
                                .duration("timeout", Duration.ofMillis(10), Duration.ofHours(1))
                                .duration("interval", Duration.ZERO, Duration.ofMinutes(90))
                                .size("size", 1, 64 << 20)
                                .number("count", 1, 10)
                                .onOff("quick")));

        assertReport(node, "out-of-range");
    }

    @Test
    void valuesThatDoNotGoTogether() {
        NodeBuilder node = node("rustnet.components.failure-detector.timeout = 1s")
                .component(ScriptedComponent.of(own -> {
                            if (own.hasPath("timeout")) {
                                throw new InvalidSettingException(
                                        "timeout", "must be longer than heartbeat-interval (2s)");
                            }
                            return ComponentDescriptor.named("failure-detector").build();
                        })
                        .knows(Settings.none().duration("timeout", Duration.ofMillis(10), Duration.ofHours(1))));

        assertReport(node, "contradiction");
    }

    @Test
    void aPortInUse() {
        world.portInUse = true;
        Node node = node("rustnet.node.bind = \"127.0.0.1:8888\"").build();

        StartException report = catchThrowableOfType(StartException.class, node::start);

        assertGolden(report, "port-in-use");
        assertThat(world.closed).isTrue();
        assertThat(node.whenStopped()).isCompleted();
    }

    @Test
    void badPeers() {
        NodeBuilder node = node("""
                rustnet.peers = [
                  "first@127.0.0.1:8888", "first@127.0.0.1:8889", "second@127.0.0.1:8888",
                  "third@127.0.0.1", "fourth@::1:8888", "fi fth@127.0.0.1:8891", "sixth@127.0.0.1:0", 7
                ]
                """);

        assertReport(node, "bad-peers");
    }

    @Test
    void aProcessThatIsNotInTheListOfPeersWhichIsTooLongAnyway() {
        NodeBuilder node = node("""
                rustnet {
                  node { name = uno, advertise = "10.0.0.1:8888", max-peers = 1 }
                  peers = ["first@10.0.0.1:8888", "10.0.0.2:8888", "third@[::1]:8888"]
                }
                """);

        assertReport(node, "not-in-peers");
    }

    @Test
    void choicesThatCannotBeMade() {
        NodeBuilder node = node("""
                        rustnet.services {
                          failure-detector = heartbeet
                          best-effort-broadcast = udp-broadcast
                          reliable-brodcast = lazy
                          group-membership = 3
                        }
                        rustnet.components.udp-broadcast.enabled = false
                        """)
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("heartbeat").provides(FailureDetector.class)))
                .component(ScriptedComponent.of(
                        ComponentDescriptor.named("udp-broadcast").provides(BestEffortBroadcast.class)))
                .component(
                        ScriptedComponent.of(ComponentDescriptor.named("lazy").provides(ReliableBroadcast.class)));

        assertReport(node, "bad-choices");
    }

    @Test
    void noMembership() {
        NodeBuilder node = Node.builder(config(MEMBERS)).discover(false).environment(world);

        assertReport(node, "no-membership");
    }

    @Test
    void anUnknownTransport() {
        assertReport(node("rustnet.node.transport = pigeon"), "no-transport");
    }

    @Test
    void payloadsThatClash() {
        NodeBuilder node = node("").payload("order", String.class)
                .payload("text", String.class)
                .component(
                        ScriptedComponent.of(ComponentDescriptor.named("audit").payload("order", Integer.class)));

        assertReport(node, "payload-clash");
    }

    @Test
    void aMemberThatAsksForWhatWasNotDeclared() {
        NodeBuilder node = node("").component(new GreedyComponent());

        assertReport(node, "injection");
    }

    @Test
    void aConfigurationThatIsNotHocon() {
        URL file = resource("/broken.conf");

        StartException report = catchThrowableOfType(StartException.class, () -> Node.builder(Path.of(file.toURI())));

        assertThat(report).hasMessageContaining("RN-020 ").hasMessageContaining("broken.conf:3: ");
    }

    @Test
    void aConfigurationThatIsNotThere() {
        StartException report =
                catchThrowableOfType(StartException.class, () -> Node.builder(Path.of("not-there.conf")));

        assertThat(report)
                .hasMessageContaining("RN-020 not-there.conf: there is no such file.\n  fix  correct the path; ")
                .hasMessageNotContaining("java.")
                .hasMessageNotContaining("HOCON");
    }

    @Test
    void aConfigurationThatIsADirectory() {
        StartException report = catchThrowableOfType(StartException.class, () -> Node.builder(folder));

        assertThat(report)
                .hasMessageContaining(
                        "RN-020 " + folder + " is a directory.\n  fix  name the configuration file in it");
    }

    @Test
    void aConfigurationThatMayNotBeRead() throws IOException {
        Path file = Files.createFile(folder.resolve("node.conf"));
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "this user may read everything");

        StartException report = catchThrowableOfType(StartException.class, () -> Node.builder(file));

        assertThat(report).hasMessageContaining("RN-020 " + file + " may not be read by this user.");
    }

    @Test
    void aFileWhoseRootIsMisspelt() throws IOException {
        Path file = Files.writeString(folder.resolve("node.conf"), "acme { x = 1 }\nrustnt { node.name = first }\n");

        StartException report = catchThrowableOfType(StartException.class, () -> Node.builder(file));

        assertThat(report)
                .hasMessageContaining("RN-022 " + file
                        + ": nothing in this file is for rustnet: it has no block \"rustnet\".\n"
                        + "  fix  did you mean \"rustnet\" where \"rustnt\" stands (" + file + ":2)?");
    }

    @Test
    void aFileOfOtherPrograms() throws IOException {
        Path file = Files.writeString(folder.resolve("node.conf"), "acme { x = 1 }\n");

        StartException report = catchThrowableOfType(StartException.class, () -> Node.builder(file));

        assertThat(report)
                .hasMessageContaining("it has no block \"rustnet\".\n  fix  write rustnet { ... } around the settings");
    }

    @Test
    void aFileThatOtherProgramsShareIsTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("node.conf"), "acme { x = 1 }\n" + MEMBERS);
        NodeBuilder node =
                Node.builder(file).discover(false).environment(world).component(new FixedMembershipComponent());

        assertThat(node.plan().order()).hasSize(1);
    }

    @Test
    void aRootThatIsNotABlock() {
        NodeBuilder node = Node.builder(config("rustnet = 5")).discover(false).environment(world);

        StartException report = catchThrowableOfType(StartException.class, node::build);

        assertThat(report)
                .hasMessageContaining(
                        "RN-021 node.conf:1: rustnet is not a block of keys.\n  fix  write rustnet { ... }");
    }

    @Test
    void aKeyThatIsNotOfRustnetIsRefusedWhereItIsSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node("").set("a.b", 3))
                .withMessage("\"a.b\" is not the path of a setting of rustnet: it begins with rustnet.");
    }

    @Test
    void aValueFromElsewhereIsReportedWithItsOrigin() {
        NodeBuilder node = node("").set("rustnet.node.max-peers", "eight", "--set");

        StartException report = catchThrowableOfType(StartException.class, node::build);

        assertThat(report).hasMessageContaining("RN-021 --set: rustnet.node.max-peers = \"eight\" is not");
    }

    @Test
    void aMisspeltKeyOfATransportIsReportedOnce() {
        world.transportSettings = own -> {
            if (own.hasPath("raed-buffer")) {
                throw new InvalidSettingException("raed-buffer", "is not a setting of the nio transport");
            }
        };

        assertReport(withTransportSettings("rustnet.transport.nio.raed-buffer = 1MiB"), "transport-unknown-key");
    }

    @Test
    void aValueThatATransportCannotUse() {
        world.transportSettings = own -> {
            throw new InvalidSettingException("read-buffer", "must be a size in bytes from 4096 to 1073741824");
        };

        assertReport(withTransportSettings("rustnet.transport.nio.read-buffer = 1"), "transport-bad-value");
    }

    @Test
    void severalProblemsAtOnceWithoutTheConsequencesOfEachOther() {
        NodeBuilder node = node("""
                        rustnet {
                          node { transport = pigeon, bind = "nowhere", name = frist }
                          components.failure-detector { timeout = 0s, enabled = true }
                        }
                        """)
                .component(ScriptedComponent.of(own -> {
                            own.getDuration("timeout");
                            return ComponentDescriptor.named("failure-detector")
                                    .provides(FailureDetector.class)
                                    .build();
                        })
                        .knows(Settings.none().duration("timeout", Duration.ofMillis(10), Duration.ofHours(1))))
                .component(ScriptedComponent.of(ComponentDescriptor.named("reliable-broadcast")
                        .requires(FailureDetector.class)
                        .requires(BestEffortBroadcast.class)))
                .component(ScriptedComponent.of(ComponentDescriptor.named("narcissus")
                        .provides(ReliableBroadcast.class)
                        .requires(ReliableBroadcast.class)));

        assertReport(node, "several-at-once");
    }

    /** A node that is sound but for {@code hocon}, which is lines of node.conf from line 2 on. */
    private NodeBuilder node(String hocon) {
        return Node.builder(config(MEMBERS + hocon))
                .discover(false)
                .environment(world)
                .component(new FixedMembershipComponent());
    }

    /** The same, where the jar of the transport has a reference.conf. */
    private NodeBuilder withTransportSettings(String hocon) {
        URL jar = resource("/with-transport-settings/");
        return node(hocon)
                .classLoader(new URLClassLoader(new URL[] {jar}, getClass().getClassLoader()));
    }

    private static com.typesafe.config.Config config(String hocon) {
        return ConfigFactory.parseString(hocon, ConfigParseOptions.defaults().setOriginDescription("node.conf"));
    }

    private void assertReport(NodeBuilder node, String golden) {
        StartException report = catchThrowableOfType(StartException.class, node::build);

        assertGolden(report, golden);
        assertThat(world.opened).as("a socket was opened").isFalse();
    }

    private static void assertGolden(StartException report, String golden) {
        assertThat(report).as("the report").isNotNull();
        // Lines of this class move; the places in it are no part of the text.
        String text = report.getMessage().replaceAll("\\.java:\\d+\\)", ".java:..)");
        try (InputStream expected = StartReportTest.class.getResourceAsStream("/golden/" + golden + ".txt")) {
            assertThat(expected)
                    .as("/golden/" + golden + ".txt, to hold:\n" + text)
                    .isNotNull();
            assertThat(text).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String path) {
        URL url = StartReportTest.class.getResource(path);
        assertThat(url).as(path).isNotNull();
        return url;
    }
}
