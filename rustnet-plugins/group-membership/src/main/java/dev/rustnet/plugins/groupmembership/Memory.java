package dev.rustnet.plugins.groupmembership;

import dev.rustnet.component.Store;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.io.UncheckedIOException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a process must not forget over a restart: its last view, and what it has promised and accepted about the next. One
 * record, which is on disk when {@link #keep} returns: a text that says what it is, of which process and group, then a
 * standing, then a checksum of all before. The record is written when something in it changes: three times in a change of
 * views that goes well.
 */
final class Memory {
    private static final String FORMAT = "rustnet views 1";
    private static final int MOST = 32 * 1024;
    private static final int CHECKSUM = Long.BYTES;

    // Injected
    private final Store store;
    private final StandingCodec codec;
    private final String owner;
    private final Consumer<String> onFailure;
    private final @Nullable Standing former;

    // State
    private byte[] kept;

    /**
     * @param onFailure told the sentence when a record cannot be written: this process must say nothing more
     * @throws IllegalStateException when there is a record that is not a sound one of this process and group
     */
    Memory(Store store, Group group, ProcessId self, Consumer<String> onFailure) {
        this.store = store;
        this.onFailure = onFailure;
        codec = new StandingCodec(group);
        owner = FORMAT + " of " + self.name() + " in "
                + group.members().stream().map(Group.Member::name).collect(Collectors.joining(", "));
        kept = store.read().orElse(new byte[0]);
        former = kept.length == 0 ? null : read(kept);
    }

    /** What was kept before this process was started: its view, promise and acceptance, in the form of a standing. */
    Optional<Standing> recall() {
        return Optional.ofNullable(former);
    }

    /** From now on this is what survives. On disk when it returns; nothing is written when nothing has changed. */
    void keep(@Nullable Proposal view, Ballot promised, Ballot accepted, @Nullable Proposal acceptedProposal) {
        if (kept.length == 0 && view == null && promised.equals(Ballot.NONE) && accepted.equals(Ballot.NONE)) {
            return;
        }
        byte[] record = write(new Standing(
                view,
                null,
                Ballot.NONE,
                promised,
                new TreeMap<>(),
                accepted,
                acceptedProposal,
                new TreeSet<>(),
                false,
                Standing.Step.NONE,
                Ballot.NONE,
                null));
        if (!Arrays.equals(record, kept)) {
            replace(record);
            kept = record;
        }
    }

    private void replace(byte[] record) {
        try {
            store.replace(record);
        } catch (UncheckedIOException e) {
            onFailure.accept(
                    "what this process is about to agree to cannot be put on disk, and must be there before anybody"
                            + " hears of it (group-membership.remember = true): " + e.getMessage());
            throw e;
        }
    }

    private byte[] write(Standing standing) {
        ByteBuffer out = ByteBuffer.allocate(MOST);
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        try {
            out.putShort((short) name.length).put(name);
            codec.write(standing, out);
            out.putLong(checksum(out.array(), out.position()));
        } catch (BufferOverflowException e) {
            throw new IllegalStateException(
                    "what must be remembered of a view does not fit into " + MOST + " bytes; set remember = false", e);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private Standing read(byte[] record) {
        int length = record.length - CHECKSUM;
        if (length < Short.BYTES || ByteBuffer.wrap(record).getLong(length) != checksum(record, length)) {
            throw new IllegalStateException("what this process remembers of its views is damaged, or no such record ("
                    + record.length + " bytes). Remove the file group-membership/views below"
                    + " rustnet.node.data-directory, and this process joins as one that remembers nothing");
        }
        ByteBuffer in = ByteBuffer.wrap(record, 0, length);
        try {
            byte[] name = new byte[in.getShort()];
            in.get(name);
            String theirs = new String(name, StandardCharsets.UTF_8);
            if (!theirs.equals(owner)) {
                throw new IllegalStateException("what is remembered in group-membership/views, below"
                        + " rustnet.node.data-directory, is \"" + theirs + "\", and this is \"" + owner
                        + "\". Give each process a folder of its own; or, where the peer list was changed, remove that"
                        + " record from all processes while none is running");
            }
            return codec.read(in);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalStateException(
                    "what this process remembers of its views was written by another version of rustnet. Remove the file"
                            + " group-membership/views below rustnet.node.data-directory, and this process joins as"
                            + " one that remembers nothing",
                    e);
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
