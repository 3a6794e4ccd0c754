package dev.rustnet.plugins.causalbroadcast;

import dev.rustnet.broadcast.HeaderNumbers;
import java.nio.ByteBuffer;

/**
 * Vectors of delivered messages on the wire, as the difference to the same source's message before, the first of a view to
 * where the view began: the number of entries, then for each the rank of a member and what was added.
 */
final class CausePrefix {
    private CausePrefix() {}

    static int maxLength(int size) {
        return (1 + 2 * size) * HeaderNumbers.MAX_LENGTH;
    }

    /** Writes the difference of {@code causes} to {@code base}, which is {@code causes} afterwards. */
    static void write(long[] base, long[] causes, ByteBuffer out) {
        int entries = 0;
        for (int rank = 0; rank < base.length; rank++) {
            entries += causes[rank] == base[rank] ? 0 : 1;
        }
        HeaderNumbers.write(out, entries);
        for (int rank = 0; rank < base.length; rank++) {
            if (causes[rank] != base[rank]) {
                HeaderNumbers.write(out, rank);
                HeaderNumbers.write(out, causes[rank] - base[rank]);
                base[rank] = causes[rank];
            }
        }
    }

    /**
     * Adds what stands in {@code in} to {@code causes}.
     *
     * @throws IllegalArgumentException when it is not a vector
     */
    static void read(ByteBuffer in, long[] causes) {
        int entries = HeaderNumbers.read(in, causes.length);
        for (int entry = 0; entry < entries; entry++) {
            int rank = HeaderNumbers.read(in, causes.length - 1);
            long sum = causes[rank] + HeaderNumbers.read(in);
            if (sum < 0) {
                throw new IllegalArgumentException("the number of a cause is out of range");
            }
            causes[rank] = sum;
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes follow the causes of a message");
        }
    }
}
