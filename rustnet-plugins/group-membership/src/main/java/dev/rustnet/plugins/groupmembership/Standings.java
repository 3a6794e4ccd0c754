package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.LinkHeader;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest standing of each process, that of others passed on: two processes whose link is dead hear of each other through
 * a third. As a link header it says each link what it has not been told. What others said goes along with what is sent
 * anyway, and of its own accord only after a moment, by which everybody has heard it at first hand who can: else each word would
 * go from each to each. On the wire: for each standing the process, a version, a length, and its bytes.
 */
final class Standings implements LinkHeader {
    private static final int MOST = 15 * 1024;
    private static final int PER_STANDING = 32;
    private static final int MOST_PER_NAME = 8;
    private static final byte[] NOTHING = new byte[0];

    /** What a process said last, as it was said. */
    private static final class Said {
        private final long version;
        private final byte[] bytes;
        private final Standing standing;

        Said(long version, byte[] bytes, Standing standing) {
            this.version = version;
            this.bytes = bytes;
            this.standing = standing;
        }
    }

    // Injected
    private final Group group;
    private final ProcessId self;
    private final StandingCodec codec;
    private final Runnable onNews;

    @SuppressWarnings("NullAway.Init") // got for this header
    private Trigger trigger;

    // State
    private final SortedMap<ProcessId, Said> said = new TreeMap<>();
    private final List<Map<ProcessId, Long>> told = new ArrayList<>();
    private Consumer<Runnable> later = Runnable::run;
    private boolean passingOn;
    private final ByteBuffer scratch = ByteBuffer.allocate(MOST - PER_STANDING);

    /** @param onNews called when somebody else says something new, or a connection may have lost something */
    Standings(Group group, ProcessId self, Runnable onNews) {
        this.group = group;
        this.self = self;
        this.codec = new StandingCodec(group);
        this.onNews = onNews;
        for (int rank = 0; rank < group.size(); rank++) {
            told.add(new HashMap<>());
        }
        said.put(self, new Said(0, NOTHING, Standing.FIRST));
    }

    void attach(Trigger newTrigger) {
        trigger = newTrigger;
    }

    /** From now on what others said is passed on when {@code later} runs it; until then at once. */
    void passOnLater(Consumer<Runnable> newLater) {
        later = newLater;
    }

    /** What that process said last, also the own one; null when nothing is known of it. */
    @Nullable
    Standing of(ProcessId process) {
        Said last = said.get(process);
        return last == null ? null : last.standing;
    }

    /** All of whom anything is known, the own process included. */
    List<ProcessId> processes() {
        return List.copyOf(said.keySet());
    }

    /** From now on this is where the own process stands. Everybody is told, unless it says nothing new. */
    void say(Standing standing) {
        scratch.clear();
        codec.write(standing, scratch);
        byte[] bytes = Arrays.copyOf(scratch.array(), scratch.position());
        Said before = said.get(self);
        if (before != null && Arrays.equals(before.bytes, bytes)) {
            return;
        }
        said.put(self, new Said(before == null ? 1 : before.version + 1, bytes, standing));
        tellAll();
    }

    /** Forgets whom nobody needs any more; they may be heard of again. */
    void retain(Predicate<ProcessId> needed) {
        said.keySet().removeIf(process -> !process.equals(self) && !needed.test(process));
        told.forEach(ofLink -> ofLink.keySet().retainAll(said.keySet()));
    }

    void tellAll() {
        for (int rank = 0; rank < told.size(); rank++) {
            trigger.changed(rank);
        }
    }

    @Override
    public String name() {
        return "group-membership";
    }

    @Override
    public int maxLength() {
        return MOST;
    }

    @Override
    public void write(int rank, ByteBuffer out) {
        int start = out.position();
        String peer = group.members().get(rank).name();
        write(self, rank, start, out); // first: it is what waits for an answer
        for (ProcessId process : said.keySet()) {
            if (!process.name().equals(peer) && !write(process, rank, start, out)) {
                trigger.changed(rank);
                return;
            }
        }
    }

    /** Writes what that link has not been told; returns whether there was room. */
    private boolean write(ProcessId process, int rank, int start, ByteBuffer out) {
        Said last = said.get(process);
        if (last == null || last.version <= told.get(rank).getOrDefault(process, 0L)) {
            return true;
        }
        if (MOST - (out.position() - start) < last.bytes.length + PER_STANDING) {
            return false;
        }
        codec.writeProcess(process, out);
        StandingCodec.writeNumber(last.version, out);
        StandingCodec.writeNumber(last.bytes.length, out);
        out.put(last.bytes);
        told.get(rank).put(process, last.version);
        return true;
    }

    @Override
    public void read(int rank, ProcessId from, ByteBuffer in) {
        boolean news = false;
        while (in.hasRemaining()) {
            ProcessId process = codec.readProcess(in);
            long version = StandingCodec.readVersion(in);
            int length = StandingCodec.readCount(MOST, in);
            if (length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            if (!process.equals(self)) {
                told.get(rank).merge(process, version, Math::max);
                news |= heard(process, version, bytes);
            }
        }
        if (news) {
            onNews.run();
        }
    }

    private boolean heard(ProcessId process, long version, byte[] bytes) {
        Said last = said.get(process);
        boolean old = last != null && last.version >= version;
        if (old || (last == null && said.size() >= MOST_PER_NAME * group.size())) {
            return false;
        }
        said.put(process, new Said(version, bytes, codec.read(ByteBuffer.wrap(bytes))));
        if (!passingOn) {
            passingOn = true;
            later.accept(this::passOn);
        }
        return true;
    }

    private void passOn() {
        passingOn = false;
        for (int rank = 0; rank < told.size(); rank++) {
            if (lacksSomething(rank)) {
                trigger.changed(rank);
            }
        }
    }

    private boolean lacksSomething(int rank) {
        String peer = group.members().get(rank).name();
        Map<ProcessId, Long> known = told.get(rank);
        return said.entrySet().stream()
                .anyMatch(each -> !each.getKey().name().equals(peer)
                        && known.getOrDefault(each.getKey(), 0L) < each.getValue().version);
    }

    @Override
    public void refresh(int rank) {
        told.get(rank).clear();
        onNews.run();
    }
}
