package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.EventLogs.ProcessLog;
import dev.rustnet.testkit.check.PropertySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four processes on four hosts, between which the network fails without a word. */
class PartitionIT {
    private static final List<String> NAMES = List.of("first", "fourth", "second", "third");

    @TempDir
    private Path directory;

    private NetworkNamespaces hosts;
    private final List<RustnetProcess> processes = new ArrayList<>();

    @BeforeEach
    void makeHosts() throws IOException {
        String obstacle = NetworkNamespaces.obstacle();
        assumeTrue(obstacle == null, obstacle);
        hosts = NetworkNamespaces.of(NAMES.size());
    }

    @AfterEach
    void end() {
        processes.forEach(RustnetProcess::close);
        if (hosts != null) {
            hosts.close();
        }
    }

    @Test
    void theMajorityGoesOnWithoutTheOneThatIsCutOffAndTakesItBackAsANewProcess() throws IOException {
        RustnetProcess first = run("first");
        RustnetProcess second = run("second");
        RustnetProcess third = run("third");
        RustnetProcess fourth = run("fourth");
        fourth.awaitError("view 1: first, fourth, second, third");
        awaitDone(first, second, third, fourth);

        hosts.partition(host("fourth"));
        fourth.type("is anybody there?");
        for (RustnetProcess process : List.of(first, second, third)) {
            process.awaitError("view 2: first, second, third");
        }
        fourth.awaitError(
                "only [12] of the 4 members of view 1 are reached"); // as they are suspected one after the other
        second.type("three of us");
        third.awaitOutput("^second#\\d+: three of us$");
        hosts.heal();

        fourth.awaitError("RN-057 the incarnation \\d+ of fourth ends, because of ");
        fourth.awaitError("it is not known whether the others deliver broadcast \\d+ of fourth");
        fourth.awaitError("view 3: first, fourth, second, third");
        assertThat(String.join("\n", fourth.output())).doesNotContain("is anybody there?", "three of us");
        fourth.type("here I am");
        for (RustnetProcess process : List.of(first, second, third, fourth)) {
            process.awaitOutput("^fourth#\\d+: here I am$");
        }
        fourth.awaitErrors(2, "done: broadcast 100, ");
        terminate(first, second, third, fourth);

        assertThat(Files.readAllLines(log("fourth"))).endsWith("e");
        Map<String, Path> logs = logs();
        logs.put("fourth/2", directory.resolve("fourth.events.1"));
        assertHolds(EventLogs.processLogs(logs, Set.of("fourth")));
    }

    @Test
    void twoHalvesExcludeNobodyAndDeliverEverythingOnceTheyAreOneAgain() throws IOException {
        List<RustnetProcess> all = NAMES.stream().map(this::run).toList();
        awaitDone(all.toArray(RustnetProcess[]::new));

        hosts.partition(host("third"), host("fourth"));
        for (RustnetProcess process : all) {
            process.awaitError("only 2 of the 4 members of view 1 are reached");
        }
        all.get(0).type("on this side");
        all.get(1).type("on the other side");
        // That takes longer than an exclusion does.
        all.get(0).awaitError("waits for acknowledgements of");
        all.get(1).awaitError("waits for acknowledgements of");
        for (RustnetProcess process : all) {
            assertThat(String.join("\n", process.output())).doesNotContain("side");
        }
        hosts.heal();

        for (RustnetProcess process : all) {
            process.awaitOutput("^first#\\d+: on this side$");
            process.awaitOutput("^fourth#\\d+: on the other side$");
            assertThat(String.join("\n", process.error())).doesNotContain("view 2");
        }
        terminate(all.toArray(RustnetProcess[]::new));
        assertHolds(EventLogs.processLogs(logs(), Set.of()));
    }

    private static void awaitDone(RustnetProcess... all) {
        for (RustnetProcess process : all) {
            process.awaitError("done: broadcast 100, ");
        }
    }

    private static void terminate(RustnetProcess... all) {
        for (RustnetProcess process : all) {
            process.terminate();
        }
        for (RustnetProcess process : all) {
            assertThat(process.awaitExit()).isZero();
        }
    }

    private static void assertHolds(List<ProcessLog> logs) {
        for (PropertySet properties :
                List.of(PropertySet.UNIFORM_RELIABLE_BROADCAST, PropertySet.named("view-synchrony"))) {
            var verdict = EventLogs.check(logs, properties, Optional.empty());
            assertThat(verdict.holds()).as(verdict::toString).isTrue();
        }
    }

    private static int host(String name) {
        return NAMES.indexOf(name) + 1;
    }

    private Path log(String name) {
        return directory.resolve(name + ".events");
    }

    private Map<String, Path> logs() {
        return NAMES.stream().collect(Collectors.toMap(name -> name, this::log, (one, other) -> one, TreeMap::new));
    }

    private RustnetProcess run(String name) {
        String peers = IntStream.rangeClosed(1, NAMES.size())
                .mapToObj(host -> '"' + NAMES.get(host - 1) + '@' + NetworkNamespaces.address(host) + ":8888\"")
                .collect(Collectors.joining(", "));
        try {
            Path config = Files.writeString(
                    directory.resolve(name + ".conf"), """
                    rustnet {
                      node { name = %s, bind = "0.0.0.0:8888" }
                      peers = [%s]
                      services.group-membership = group-membership
                      components {
                        %s
                        group-membership.exclusion-timeout = 1s
                        workload { enabled = true, messages = 100, rate = 100, log = "%s" }
                      }
                    }
                    """.formatted(name, peers, LoopbackGroup.QUICK, log(name)));
            RustnetProcess process = RustnetProcess.start(
                    name, NetworkNamespaces.on(host(name)), Distribution.path(), "run", "-c", config.toString());
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
