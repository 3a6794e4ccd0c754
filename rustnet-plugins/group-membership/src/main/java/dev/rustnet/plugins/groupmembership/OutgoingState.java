package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.plugins.groupmembership.StateMessage.Done;
import dev.rustnet.plugins.groupmembership.StateMessage.Part;
import dev.rustnet.plugins.groupmembership.StateMessage.Take;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that one joiner has asked one member for, on their way: a chunk is pulled from its writer when the joiner has read
 * so much that there is room for it.
 */
final class OutgoingState {
    /** What may be on its way, by {@link Part#weight}, before the joiner has read it; one chunk more is pulled at most. */
    static final long UNDER_WAY = 512 * 1024;

    private static final long PER_TURN = 256 * 1024;

    /** How far a turn has come. */
    enum Turn {
        /** It has had its share; there is more, for which there is room. */
        SHARE_USED,
        /** It goes on when the joiner has read, or the link has room. */
        WAITS,
        /** All is sent. */
        DONE
    }

    // Injected
    private final ProcessId to;
    private final Take take;
    private final StatePost post;
    private final List<Map.Entry<String, StateTransfer>> states;

    // State
    private int state = -1;
    private @Nullable Iterator<byte[]> chunks;
    private @Nullable Part pulled;
    private long sent;
    private long read;
    private long bytes;
    private boolean done;

    /** @param transfers all that are registered here */
    OutgoingState(ProcessId to, Take take, SortedMap<String, StateTransfer> transfers, StatePost post) {
        this.to = to;
        this.take = take;
        this.post = post;
        states = transfers.entrySet().stream()
                .filter(each -> take.names().contains(each.getKey()))
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .toList();
    }

    long attempt() {
        return take.attempt();
    }

    /** The bytes of the chunks sent so far. */
    long bytes() {
        return bytes;
    }

    /** The joiner has read so much. */
    void read(long weight) {
        read = Math.max(read, Math.min(weight, sent));
    }

    /** The name of the state that is being written; for a message. */
    String current() {
        return state < 0 || states.isEmpty()
                ? ""
                : states.get(Math.min(state, states.size() - 1)).getKey();
    }

    /** Sends what there is room for, up to a turn's share. Throws what the writer throws. */
    Turn send() {
        long share = PER_TURN;
        while (!done) {
            if (sent - read >= UNDER_WAY) {
                return Turn.WAITS;
            }
            if (share <= 0) {
                return Turn.SHARE_USED;
            }
            Part part = pulled == null ? pull() : pulled;
            pulled = part;
            if (part == null) {
                done = post.trySend(to, new Done(take.view(), take.attempt()));
                return done ? Turn.DONE : Turn.WAITS;
            }
            if (!post.trySend(to, part)) {
                return Turn.WAITS;
            }
            pulled = null;
            sent += part.weight();
            bytes += part.chunk().length;
            share -= part.weight();
        }
        return Turn.DONE;
    }

    /** The next chunk; null after the last of the last state. */
    private @Nullable Part pull() {
        Iterator<byte[]> present = chunks;
        while (present == null || !present.hasNext()) {
            if (state + 1 >= states.size()) {
                return null;
            }
            state++;
            present = states.get(state).getValue().writeState();
            chunks = present;
        }
        byte[] chunk = present.next();
        if (chunk.length > StateTransfer.MAX_CHUNK) {
            throw new IllegalStateException("it gave a chunk of " + chunk.length + " bytes; a chunk has at most "
                    + StateTransfer.MAX_CHUNK + " (StateTransfer.MAX_CHUNK): give it in several");
        }
        return new Part(take.view(), take.attempt(), indexAtJoiner(), chunk);
    }

    /** The joiner counts the names that it asked for, also one that is not registered here any more. */
    private int indexAtJoiner() {
        return take.names().headSet(states.get(state).getKey()).size();
    }
}
