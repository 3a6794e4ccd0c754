package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.component.Store;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final ProcessId FIRST = new ProcessId("first", 7);
    private static final Group GROUP =
            new Group(List.of(new Group.Member("first", "a"), new Group.Member("second", "b")));
    private static final Ballot BALLOT = new Ballot(1, 3, 1);

    private final List<String> failures = new ArrayList<>();
    private final Disk disk = new Disk();
    private final Proposal proposal =
            new Proposal(List.of(), new View(1, List.of(FIRST, new ProcessId("second", 8))), new TreeMap<>());

    private static final class Disk implements Store {
        private byte @Nullable [] record;
        private int writes;
        private boolean full;

        @Override
        public Optional<byte[]> read() {
            return Optional.ofNullable(record);
        }

        @Override
        public void replace(byte[] replacement) {
            if (full) {
                throw new UncheckedIOException("cannot write x", new IOException("No space left on device"));
            }
            record = replacement;
            writes++;
        }
    }

    private Memory memory() {
        return new Memory(disk, GROUP, FIRST, failures::add);
    }

    @Test
    void whatWasKeptIsRecalledAfterARestart() {
        assertThat(memory().recall()).isEmpty();

        memory().keep(proposal, BALLOT, BALLOT, proposal);
        Standing former = memory().recall().orElseThrow();

        assertThat(proposal.sameAs(former.installed())).isTrue();
        assertThat(former.promised()).isEqualTo(BALLOT);
        assertThat(former.accepted()).isEqualTo(BALLOT);
        assertThat(proposal.sameAs(former.acceptedProposal())).isTrue();
    }

    @Test
    void onlyWhatHasChangedIsWritten() {
        Memory memory = memory();
        memory.keep(null, Ballot.NONE, Ballot.NONE, null);
        assertThat(disk.writes).isZero();

        memory.keep(proposal, Ballot.NONE, Ballot.NONE, null);
        memory.keep(proposal, Ballot.NONE, Ballot.NONE, null);
        assertThat(disk.writes).isEqualTo(1);

        memory().keep(proposal, Ballot.NONE, Ballot.NONE, null);
        assertThat(disk.writes).isEqualTo(1);

        memory.keep(proposal, BALLOT, Ballot.NONE, null);
        assertThat(disk.writes).isEqualTo(2);
    }

    @Test
    void whoCannotWriteSaysSoAndDoesNotGoOn() {
        Memory memory = memory();
        disk.full = true;

        assertThatThrownBy(() -> memory.keep(proposal, BALLOT, BALLOT, proposal))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(failures)
                .singleElement()
                .asString()
                .contains("cannot be put on disk")
                .contains("cannot write x");
        assertThat(memory().recall()).isEmpty();
    }

    @Test
    void aDamagedRecordIsRefusedWhicheverByteIsWrong() {
        memory().keep(proposal, BALLOT, BALLOT, proposal);
        byte[] sound = disk.read().orElseThrow();

        for (int i = 0; i < sound.length; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 4;
            disk.record = damaged;
            assertThatThrownBy(this::memory)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("group-membership/views");
        }
        disk.record = new byte[] {1};
        assertThatThrownBy(this::memory).hasMessageContaining("damaged");
    }

    @Test
    void aRecordOfAnotherProcessOrGroupIsRefused() {
        memory().keep(proposal, BALLOT, BALLOT, proposal);

        assertThatThrownBy(() -> new Memory(disk, GROUP, new ProcessId("second", 9), failures::add))
                .hasMessageContaining("of first in first, second")
                .hasMessageContaining("of second in first, second");
        Group larger = new Group(List.of(
                new Group.Member("first", "a"), new Group.Member("second", "b"), new Group.Member("third", "c")));
        assertThatThrownBy(() -> new Memory(disk, larger, FIRST, failures::add))
                .hasMessageContaining("of first in first, second, third");
    }
}
