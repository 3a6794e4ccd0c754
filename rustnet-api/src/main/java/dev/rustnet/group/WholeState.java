package dev.rustnet.group;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A state that is written and read as a whole, in pieces on the way. */
record WholeState(Supplier<byte[]> write, Consumer<byte[]> read) implements StateTransfer {
    private static final int MAX_LENGTH = 16 << 20;
    /** Less than a chunk, so that most values of {@code max-message-size} leave room for it. */
    private static final int PIECE = 16 * 1024;

    @Override
    public Iterator<byte[]> writeState() {
        byte[] state = write.get();
        if (state.length > MAX_LENGTH) {
            throw new IllegalStateException("the state has " + state.length + " bytes, more than the " + MAX_LENGTH
                    + " that StateTransfer.ofBytes takes; implement StateTransfer, which gives it in chunks");
        }
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < state.length;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                next = Math.min(state.length, from + PIECE);
                return Arrays.copyOfRange(state, from, next);
            }
        };
    }

    @Override
    public StateReader readState() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new StateReader() {
            @Override
            public void read(byte[] chunk) {
                if (bytes.size() + chunk.length > MAX_LENGTH) {
                    throw new IllegalStateException("the state has more than the " + MAX_LENGTH
                            + " bytes that StateTransfer.ofBytes takes: the member that sends it writes it otherwise");
                }
                bytes.writeBytes(chunk);
            }

            @Override
            public void complete() {
                read.accept(bytes.toByteArray());
            }
        };
    }
}
