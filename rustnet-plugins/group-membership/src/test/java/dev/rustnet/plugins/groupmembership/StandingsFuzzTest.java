package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/** Standings as a member that lies, or speaks another version, tells them. */
class StandingsFuzzTest {
    private static final ProcessId SELF = new ProcessId("first", 7);
    private static final ProcessId LIAR = new ProcessId("second", 8);

    @FuzzTest(maxDuration = "10m")
    void standingsAreTakenInAndPassedOnOrRefused(byte[] bytes) {
        Standings standings = standings(SELF);
        try {
            standings.read(1, LIAR, ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException refused) {
            assertThat(refused).isNotNull();
        }

        assertThat(standings.processes()).contains(SELF);
        assertThat(standings.of(SELF)).isEqualTo(Standing.FIRST);
        ByteBuffer passedOn = ByteBuffer.allocate(standings.maxLength());
        standings.write(2, passedOn);
        Standings third = standings(new ProcessId("third", 9));
        third.read(0, SELF, passedOn.flip());
        assertThat(third.processes())
                .containsAll(standings.processes().stream()
                        .filter(process -> !process.name().equals("third"))
                        .filter(process -> !process.equals(SELF))
                        .toList());
    }

    private static Standings standings(ProcessId self) {
        Standings standings = new Standings(
                new Group(List.of(
                        new Group.Member("first", "a"),
                        new Group.Member("second", "b"),
                        new Group.Member("third", "c"))),
                self,
                () -> {});
        standings.attach(rank -> {});
        return standings;
    }
}
