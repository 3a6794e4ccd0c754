package dev.rustnet.core.log;

import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.group.ProcessId;
import dev.rustnet.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;

/** The latest messages of one node that could not be handed to the application. Added on the loop, read on any thread. */
public final class DeadLetters {
    // Injected
    private final int capacity;
    private final Clock clock;

    // State
    private final ArrayDeque<DeadLetter> letters = new ArrayDeque<>();

    /** @param capacity how many are kept; 0 for none */
    public DeadLetters(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** What is kept, the oldest first. Any thread. */
    public List<DeadLetter> list() {
        synchronized (letters) {
            return List.copyOf(letters);
        }
    }

    /** What a decoder says may repeat what it was given. */
    private static String detail(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.length() <= DeadLetter.MAX_DETAIL ? message : message.substring(0, DeadLetter.MAX_DETAIL);
    }

    /** @param bytes the message from its position on; the position stays where it is */
    void add(
            DeadLetter.Reason reason,
            Throwable cause,
            String service,
            String channel,
            ProcessId source,
            long number,
            ByteBuffer bytes) {
        if (capacity == 0) {
            return;
        }
        int size = bytes.remaining();
        byte[] first = new byte[Math.min(size, DeadLetter.MAX_FIRST_BYTES)];
        bytes.get(bytes.position(), first);
        DeadLetter letter = new DeadLetter(
                reason,
                detail(cause),
                service,
                channel,
                source,
                number,
                size,
                HexFormat.of().formatHex(first),
                clock.now());
        synchronized (letters) {
            if (letters.size() == capacity) {
                letters.remove();
            }
            letters.add(letter);
        }
    }
}
