package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The first frame in each direction: who calls.
 *
 * @param identity what the process says of itself
 * @param nonce drawn by the one who dialled; names the connection
 * @param ended the nonce of the last connection with the receiver that this process has seen end; 0 when none
 */
record Hello(Identity identity, long nonce, long ended) {
    static final int VERSION = 1;
    static final int MAX_LENGTH = 64 * 1024;

    private static final int MAGIC = 0x524E4554; // "RNET"
    private static final int MAX_ITEMS = 4096;

    void write(ByteBuffer out) {
        out.putInt(MAGIC).put((byte) VERSION);
        WireText.write(out, identity.cluster());
        WireText.write(out, identity.self().name());
        out.putLong(identity.self().incarnation()).putLong(nonce).putLong(ended);
        WireText.write(out, identity.advertise());
        Varint.write(out, identity.group().size());
        for (Group.Member member : identity.group().members()) {
            WireText.write(out, member.name());
            WireText.write(out, member.address());
        }
        Varint.write(out, identity.agreed().size());
        identity.agreed().forEach((key, value) -> {
            WireText.write(out, key);
            WireText.write(out, value);
        });
        texts(out, identity.components());
        texts(out, identity.headers());
    }

    /** Reads a hello. @throws Malformed with a sentence when it is none, or of another version */
    static Hello read(ByteBuffer in) {
        if (in.remaining() < 5 || in.getInt() != MAGIC) {
            throw new Malformed("it does not speak rustnet's protocol");
        }
        int version = in.get();
        if (version != VERSION) {
            throw new Malformed(
                    "it speaks version " + version + " of rustnet's protocol, this process version " + VERSION);
        }
        String cluster = WireText.read(in);
        String name = WireText.read(in);
        if (in.remaining() < 3 * Long.BYTES) {
            throw new Malformed("its hello is cut short");
        }
        long incarnation = in.getLong();
        long nonce = in.getLong();
        long ended = in.getLong();
        String advertise = WireText.read(in);
        List<Group.Member> members = new ArrayList<>();
        for (int left = Varint.readInt(in, MAX_ITEMS); left > 0; left--) {
            members.add(new Group.Member(WireText.read(in), WireText.read(in)));
        }
        SortedMap<String, String> agreed = new TreeMap<>();
        for (int left = Varint.readInt(in, MAX_ITEMS); left > 0; left--) {
            agreed.put(WireText.read(in), WireText.read(in));
        }
        SortedSet<String> components = texts(in);
        SortedSet<String> headers = texts(in);
        if (incarnation <= 0) {
            throw new Malformed("its incarnation is " + incarnation);
        }
        return new Hello(
                new Identity(
                        new ProcessId(name, incarnation),
                        cluster,
                        advertise,
                        group(members),
                        agreed,
                        components,
                        headers),
                nonce,
                ended);
    }

    private static Group group(List<Group.Member> members) {
        try {
            return new Group(members);
        } catch (IllegalArgumentException e) {
            throw new Malformed("its peer list is not one: " + e.getMessage());
        }
    }

    private static void texts(ByteBuffer out, SortedSet<String> texts) {
        Varint.write(out, texts.size());
        for (String text : texts) {
            WireText.write(out, text);
        }
    }

    private static SortedSet<String> texts(ByteBuffer in) {
        SortedSet<String> texts = new TreeSet<>();
        for (int left = Varint.readInt(in, MAX_ITEMS); left > 0; left--) {
            texts.add(WireText.read(in));
        }
        return texts;
    }
}
