package dev.rustnet.core.codec;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;

/**
 * An input whose lengths are checked before memory is taken for them: what is read may come from anybody. Kryo reads the
 * length of every string, array and collection as a variable-length int that is known to be positive.
 */
final class BoundedInput extends Input {
    /** Elements beyond the bytes that are left, over one payload: a collection of nulls takes no byte for each. */
    private static final int MAX_EXCESS = 64 * 1024;

    // State
    private int excess;

    BoundedInput(byte[] bytes) {
        super(bytes);
    }

    /** A field's value, not a length. */
    @Override
    public int readInt(boolean optimizePositive) {
        return super.readVarInt(optimizePositive);
    }

    @Override
    public int readVarInt(boolean optimizePositive) {
        int value = super.readVarInt(optimizePositive);
        return optimizePositive ? bounded(value) : value;
    }

    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int value = super.readVarIntFlag(optimizePositive);
        return optimizePositive ? bounded(value) : value;
    }

    private int bounded(int length) {
        int left = limit - position;
        if (length < 0) {
            throw new KryoException("a negative length");
        }
        if (length > left) {
            excess += Math.min(length - left, MAX_EXCESS + 1);
            if (excess > MAX_EXCESS) {
                throw new KryoException("a length of " + length + " where " + left + " bytes are left");
            }
        }
        return length;
    }
}
