package dev.rustnet.transport.nio.mesh;

import dev.rustnet.core.memory.Varint;
import dev.rustnet.core.memory.WireName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** What a member may say that is a frame of the protocol and yet should not be. */
enum HostileBatch {
    UNKNOWN_KIND_OF_FRAME {
        @Override
        byte[] content(int tag, int number, Random random) {
            return new byte[] {99, 1, 2, 3};
        }
    },
    EMPTY_BATCH {
        @Override
        byte[] content(int tag, int number, Random random) {
            return new byte[] {BATCH};
        }
    },
    BATCH_OF_ANOTHER_CONNECTION {
        @Override
        byte[] content(int tag, int number, Random random) {
            return of(head(tag + 1).putInt(0));
        }
    },
    ECHO_OF_WHAT_WAS_NEVER_SENT {
        @Override
        byte[] content(int tag, int number, Random random) {
            ByteBuffer batch =
                    ByteBuffer.allocate(MOST).put(BATCH).put((byte) 0).putInt(tag);
            Varint.write(batch, 1);
            Varint.write(batch, 1L << 40);
            return of(batch.putInt(0));
        }
    },
    SECTIONS_WITHOUT_END {
        @Override
        byte[] content(int tag, int number, Random random) {
            return of(head(tag).putInt(7).put((byte) 100));
        }
    },
    GARBAGE_IN_A_SECTION {
        @Override
        byte[] content(int tag, int number, Random random) {
            ByteBuffer batch = head(tag);
            putGarbage(batch, WireName.of(oneOf(SECTIONS, random)), random);
            return of(batch.putInt(0));
        }
    },
    GARBAGE_IN_AN_UNKNOWN_SECTION {
        @Override
        byte[] content(int tag, int number, Random random) {
            ByteBuffer batch = head(tag);
            putGarbage(batch, WireName.of("fair-loss/of-a-future-version"), random);
            return of(batch.putInt(0));
        }
    },
    MESSAGE_OF_AN_UNKNOWN_COMPONENT {
        @Override
        byte[] content(int tag, int number, Random random) {
            return block(tag, "component-of-a-future-version", random.nextInt(4), 1 + random.nextInt(9), random);
        }
    },
    GARBAGE_AS_MESSAGE {
        @Override
        byte[] content(int tag, int number, Random random) {
            return block(tag, oneOf(STREAMS, random), random.nextInt(4), 1, random);
        }
    },
    /** A message that nobody can read, in a block that is in order: it is received, and delivered to nobody. */
    MESSAGE_WITH_GARBAGE_INSIDE {
        @Override
        byte[] content(int tag, int number, Random random) {
            byte[] message = garbage(random);
            ByteBuffer entry = ByteBuffer.allocate(MOST);
            Varint.write(entry, message.length + 1);
            entry.put((byte) 100).put(message); // headers of 100 bytes, which is more than there is
            return block(tag, "uniform-reliable-broadcast", P4, number, 1, of(entry));
        }
    },
    MESSAGE_WITH_AN_ABSURD_NUMBER {
        @Override
        byte[] content(int tag, int number, Random random) {
            return block(tag, oneOf(STREAMS, random), random.nextInt(4), Long.MAX_VALUE - random.nextInt(2), random);
        }
    },
    MESSAGE_OF_NOBODY {
        @Override
        byte[] content(int tag, int number, Random random) {
            return block(tag, oneOf(STREAMS, random), 4 + random.nextInt(Integer.MAX_VALUE - 4), 1, random);
        }
    };

    private static final byte BATCH = 1;
    private static final int P4 = 3;
    private static final int MOST = 4_096;
    private static final List<String> STREAMS = List.of("point-to-point", "uniform-reliable-broadcast");
    private static final List<String> SECTIONS = List.of(
            "acknowledged/point-to-point", "acknowledged/uniform-reliable-broadcast", "fair-loss/failure-detector");

    /**
     * @param tag that of the connection
     * @param number how many of this kind have been accepted before, and one
     */
    abstract byte[] content(int tag, int number, Random random);

    private static ByteBuffer head(int tag) {
        ByteBuffer batch = ByteBuffer.allocate(MOST).put(BATCH).put((byte) 0).putInt(tag);
        Varint.write(batch, 1);
        Varint.write(batch, 0);
        return batch;
    }

    private static byte[] block(int tag, String stream, int source, long number, Random random) {
        return block(tag, stream, source, number, 1 + random.nextInt(3), garbage(random));
    }

    private static byte[] block(int tag, String stream, int source, long number, int count, byte[] entries) {
        ByteBuffer batch = head(tag).putInt(0);
        batch.putInt(WireName.of(stream));
        Varint.write(batch, stream.equals("point-to-point") ? 0 : 1);
        Varint.write(batch, source);
        Varint.write(batch, number);
        Varint.write(batch, count);
        Varint.write(batch, entries.length);
        return of(batch.put(entries));
    }

    private static void putGarbage(ByteBuffer batch, int name, Random random) {
        byte[] garbage = garbage(random);
        batch.putInt(name);
        Varint.write(batch, garbage.length);
        batch.put(garbage);
    }

    /** Many small numbers, so that it is taken for something more often. */
    private static byte[] garbage(Random random) {
        byte[] garbage = new byte[random.nextInt(60)];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (random.nextBoolean() ? random.nextInt(5) : random.nextInt());
        }
        return garbage;
    }

    private static String oneOf(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private static byte[] of(ByteBuffer batch) {
        byte[] bytes = new byte[batch.position()];
        batch.get(0, bytes);
        return bytes;
    }
}
