package dev.rustnet.core.memory;

/** Numbers that stand for names on the wire: the same at every process, whatever jars it has. */
public final class WireName {
    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    private WireName() {}

    /** 32 bits (FNV-1a of the characters); never 0, which stands for no name. */
    public static int of(String name) {
        int hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    /** 16 bits, for what stands in every message; never 0. */
    public static short shortOf(String name) {
        int hash = of(name);
        short folded = (short) (hash ^ (hash >>> 16));
        return folded == 0 ? 1 : folded;
    }
}
