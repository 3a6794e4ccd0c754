package dev.rustnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static Identity identity(String name, Map<String, String> agreed, String... members) {
        return new Identity(
                new ProcessId(name, 7),
                "rustnet",
                name + ":1",
                new Group(Arrays.stream(members)
                        .map(member -> new Group.Member(member, member + ":1"))
                        .toList()),
                new TreeMap<>(agreed),
                new TreeSet<>(Set.of("failure-detector")),
                new TreeSet<>());
    }

    @Test
    void processesWithTheSameListAndSettingsAgree() {
        Identity first = identity("first", Map.of("commit", "all"), "first", "second");
        Identity second = identity("second", Map.of("commit", "all"), "first", "second");

        assertThat(Agreement.difference(first, second)).isEmpty();
    }

    @Test
    void listsThatDifferAreNamed() {
        Identity first = identity("first", Map.of(), "first", "second", "third");
        Identity second = identity("second", Map.of(), "first", "second", "fourth");

        assertThat(Agreement.difference(first, second))
                .get()
                .asString()
                .contains("only first lists third@third:1")
                .contains("only second lists fourth@fourth:1");
    }

    @Test
    void aProcessThatIsNotInTheListIsNamed() {
        Identity first = identity("first", Map.of(), "first", "second");
        Identity fifth = identity("fifth", Map.of(), "first", "second", "fifth");

        assertThat(Agreement.difference(first, fifth))
                .get()
                .asString()
                .contains("fifth (fifth:1) is not in the peer list of first");
    }

    @Test
    void twoProcessesWithOneNameAreNamedWithBothAddresses() {
        Identity first = identity("first", Map.of(), "first", "second");
        Identity impostor = new Identity(
                first.self(),
                "rustnet",
                "elsewhere:9",
                first.group(),
                first.agreed(),
                first.components(),
                first.headers());

        assertThat(Agreement.difference(first, impostor))
                .get()
                .asString()
                .contains("first:1")
                .contains("elsewhere:9");
    }

    @Test
    void aProcessThatWasStartedTwiceIsToldSoInsteadOfOneAddressTwice() {
        Identity first = identity("first", Map.of(), "first", "second");

        assertThat(Agreement.difference(first, first))
                .contains(
                        "two processes have the name first, and both say that they are at first:1; end one of them, or"
                                + " give it another name and address (rustnet.node.name, bind)");
    }

    @Test
    void aSettingThatDiffersIsNamedWithBothValuesButOneThatOnlyOneHasIsNot() {
        Identity first = identity("first", Map.of("commit", "all", "extra", "x"), "first", "second");
        Identity second = identity("second", Map.of("commit", "majority"), "first", "second");

        assertThat(Agreement.difference(first, second))
                .get()
                .asString()
                .contains("commit is all at first and majority at second")
                .doesNotContain("extra");
    }

    @Test
    void aHelloIsReadAsItWasWrittenAndNoPrefixOfItIsTakenForOne() {
        Hello hello = new Hello(identity("first", Map.of("a", "b"), "first", "second"), 5, 6);
        ByteBuffer out = ByteBuffer.allocate(Hello.MAX_LENGTH);
        hello.write(out);
        out.flip();

        assertThat(Hello.read(out.duplicate())).isEqualTo(hello);
        for (int length = 0; length < out.limit(); length++) {
            ByteBuffer cut = out.duplicate().limit(length);
            assertThatThrownBy(() -> Hello.read(cut)).isInstanceOf(Malformed.class);
        }
    }
}
