package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Separate processes with 64 MiB of heap, of which one is killed, comes back, and is given the state over real sockets. */
class StateTransferIT {
    /** 200 MiB, three times what fits into the heap. */
    private static final long BLOCKS = 3_200;

    private static final List<String> LIMITS = List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC");

    @TempDir
    private Path directory;

    @Test
    void aKilledProcessComesBackWithTheStateOfTheGroupHoweverLargeItIs() {
        LoopbackGroup group = new LoopbackGroup(directory, "p1", "p2", "p3");
        List<String> peers = Stream.of("p1", "p2", "p3").map(group::peer).toList();
        try (group;
                RustnetProcess first = start("p1", peers);
                RustnetProcess second = start("p2", peers);
                RustnetProcess third = start("p3", peers)) {
            List<RustnetProcess> all = List.of(first, second, third);
            all.forEach(process -> process.awaitOutput("^joined$"));
            first.type("apples");
            third.awaitOutput("^orders apples$");

            third.kill();
            second.type("pears");
            first.awaitOutput("^orders apples,pears$");
            try (RustnetProcess again = start("p3", peers)) {
                System.out.println(again.awaitOutput("^read (\\d+) blocks in (\\d+) ms$", 60)
                        .group());
                again.awaitOutput("^view \\d+ with apples,pears$");
                again.type("plums");
                for (RustnetProcess process : List.of(first, second, again)) {
                    process.awaitOutput("^orders apples,pears,plums$");
                    assertThat(process.error()).noneMatch(line -> line.contains("Error"));
                }
                assertThat(again.output()).contains("joined").noneMatch(line -> line.equals("orders apples"));
                assertThat(again.output().stream().filter(line -> line.startsWith("read " + BLOCKS)))
                        .hasSize(1);
            }
        }
    }

    private static RustnetProcess start(String name, List<String> peers) {
        List<String> arguments = new ArrayList<>(List.of(name, "" + BLOCKS));
        arguments.addAll(peers);
        return RustnetProcess.java(name, LIMITS, StateNode.class, arguments);
    }
}
