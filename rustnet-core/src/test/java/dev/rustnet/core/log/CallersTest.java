package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.core.link.Caller;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.group.Group;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who connect and are not, or not yet, what they should be. */
class CallersTest {
    private static final Group GROUP = new Group(Arrays.stream(MemoryMesh.NAMES)
            .map(name -> new Group.Member(name, name))
            .toList());

    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    @Test
    void aFloodOfSilentCallersKeepsNoMemberOutAndEndsItself() {
        mesh.startWithout(2);
        Caller flood = new Caller(mesh.network, "elsewhere");
        for (int i = 0; i < 1_000; i++) {
            flood.call("first", null);
            mesh.run(1);
        }
        flood.poll();
        assertThat(flood.open()).isEqualTo(LinkLayer.MAX_CALLERS);

        mesh.startLate(2);
        for (int i = 0; i < 2 * LinkLayer.MAX_CALLERS; i++) {
            flood.call("third", null);
        }
        for (int i = 0; i < 500; i++) {
            flood.call("first", null);
            flood.call("third", null);
            mesh.run(1);
        }
        processes[2].channel.broadcast("here");
        mesh.run(200);

        assertThat(processes[0].delivered).containsExactly("third:here");
        assertThat(lines(0, "have not said truthfully who they are")).hasSize(1);
        mesh.run(6_000);
        flood.poll();
        assertThat(flood.open()).isZero();
    }

    @Test
    void whoCallsInTheNameOfAMemberCannotKeepThatMemberFromBeingDialled() {
        mesh.startWithout(0);
        mesh.run(500);
        Caller impostor = new Caller(mesh.network, "elsewhere");
        int dials = mesh.network.dials();
        int calls = 100;

        for (int i = 0; i < calls; i++) {
            impostor.call("second", Caller.hello("first", 1 + i, "elsewhere", GROUP));
            impostor.call("third", Caller.hello("first", 1 + i, "elsewhere", GROUP));
            mesh.run(100);
            impostor.hangUpAllButTheLast(2);
        }

        // Each at least about once a second, in ten seconds.
        assertThat(mesh.network.dials() - dials - 2 * calls).isGreaterThan(2 * 7);
    }

    @Test
    void whateverStrangersCallThemselvesThereIsOneLineAboutThem() {
        mesh.startWithout(2);
        mesh.run(500);
        Caller stranger = new Caller(mesh.network, "elsewhere");

        for (int i = 0; i < 200; i++) {
            stranger.call("first", Caller.hello("stranger" + i, 1, "elsewhere:" + i, GROUP));
            stranger.call(
                    "first",
                    Caller.hello(
                            "third",
                            1,
                            "elsewhere:" + i,
                            new Group(List.of(GROUP.members().get(0), new Group.Member("third", "at " + i)))));
            stranger.call("first", ByteBuffer.wrap(("\5\0\11not " + i).getBytes(StandardCharsets.US_ASCII)));
            mesh.run(1);
        }

        stranger.poll();
        assertThat(stranger.open()).isZero();
        assertThat(processes[0].logged).hasSize(3);
    }

    @Test
    void whatAStrangerSaysCannotLookLikeAnotherLine() {
        mesh.startWithout(2);
        Caller stranger = new Caller(mesh.network, "elsewhere");

        stranger.call("first", Caller.hello("x\nERROR all is lost", 1, "elsewhere", GROUP));
        mesh.run(1);

        assertThat(lines(0, "all is lost"))
                .singleElement()
                .asString()
                .contains("x?ERROR")
                .doesNotContain("\n");
    }

    private List<String> lines(int at, String text) {
        return processes[at].logged.stream().filter(line -> line.contains(text)).toList();
    }
}
