package dev.rustnet.transport.nio.mesh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process has delivered, from each source: a message carries its number, and the next one must be the number
 * after the last. Written on the node's loop, read on any thread.
 */
final class Ledger {
    private static final int MAX_VIOLATIONS = 20;

    // State, guarded by this
    private final Map<String, Long> last = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    /** A message with that number whose every byte follows from it. */
    static byte[] message(long number, int length) {
        ByteBuffer message = ByteBuffer.allocate(Math.max(Long.BYTES, length)).putLong(number);
        while (message.hasRemaining()) {
            message.put((byte) (number * 31 + message.position()));
        }
        return message.array();
    }

    synchronized void delivered(String source, byte[] message) {
        long number = ByteBuffer.wrap(message).getLong();
        long before = last.getOrDefault(source, 0L);
        if (number != before + 1) {
            violation(source + ": " + number + " comes after " + before);
        }
        if (!Arrays.equals(message, message(number, message.length))) {
            violation(source + ": " + number + " has come with other bytes than it was sent with");
        }
        last.put(source, number);
    }

    private void violation(String what) {
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(what);
        }
    }

    /** The number of the latest message of that source; 0 before the first. */
    synchronized long last(String source) {
        return last.getOrDefault(source, 0L);
    }

    /** What was lost, doubled, out of order or spoilt. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public synchronized String toString() {
        return last + " " + violations;
    }
}
