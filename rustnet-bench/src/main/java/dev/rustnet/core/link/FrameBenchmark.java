package dev.rustnet.core.link;

import dev.rustnet.core.memory.ChunkPool;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.core.memory.WireName;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One batch with messages of 100 bytes, and the acknowledgements of four sources beside them: written as a link writes it, read as a
 * link reads it, and told as a capture does. It stands in the package of what it measures, of which little is public.
 */
@State(Scope.Thread)
public class FrameBenchmark {
    private static final int PAYLOAD_LENGTH = 100;
    private static final int PEER = 1;
    private static final int MAX_FRAME = 256 * 1024;
    private static final String COMPONENT = "best-effort-broadcast";
    private static final List<String> MEMBERS = List.of("first", "second", "third", "fourth");
    private static final ProcessId FROM = ProcessId.named("second");

    @Param({"1", "1000"})
    private int messages;

    private final ChunkPool pool = new ChunkPool();
    private final MessageLog log = new MessageLog(pool);
    private final Batch batch = new Batch(new BatchHeads());
    private final Sections sections = new Sections(FrameBenchmark::fail);
    private final Streams streams = new Streams((rank, count) -> fail(new AssertionError("an unknown stream")));
    private final ArrivingLog arriving = new ArrivingLog(WireName.of(COMPONENT), pool);
    private final FrameDissector dissector = new FrameDissector(MEMBERS, List.of(COMPONENT));
    private final ByteBuffer frame = ByteBuffer.allocateDirect(MAX_FRAME);

    /** Fills the log, and writes batches until they are as long as they may get on a connection. */
    @Setup
    public void prepare() {
        sections.add(new HeaderSection(new FourAcknowledgements("acknowledged/" + COMPONENT)));
        streams.add(arriving);
        for (int i = 0; i < messages; i++) {
            log.begin(PAYLOAD_LENGTH).put(new byte[PAYLOAD_LENGTH]);
            log.commit();
        }
        for (int doubling = 0; doubling < Long.SIZE; doubling++) {
            encode();
        }
        if (write() != messages) {
            throw new IllegalStateException("the messages do not fit into one batch");
        }
        for (int i = 0; i < batch.partCount(); i++) {
            frame.put(batch.parts()[i].duplicate());
        }
        frame.flip();
        batch.release();
    }

    /** Head, sections, and a block with all messages, as slices of the log. */
    @Benchmark
    public long encode() {
        long last = write();
        batch.release();
        return last;
    }

    private long write() {
        ByteBuffer head = batch.begin();
        head.put(FrameKind.BATCH);
        head.put((byte) 0);
        head.putInt(1);
        Varint.write(head, 1);
        Varint.write(head, 1);
        sections.write(PEER, head);
        long last = batch.add(arriving.wireName(), 1, 0, log, 1, messages);
        batch.end();
        return last;
    }

    /** Head, sections, and the messages copied into the log of their source, which forgets them. */
    @Benchmark
    public long decode() {
        ByteBuffer in = frame.position(0);
        in.get();
        in.get();
        in.getInt();
        Varint.read(in);
        Varint.read(in);
        sections.read(PEER, FROM, in, true);
        while (in.hasRemaining()) {
            streams.read(PEER, FROM, in);
        }
        return arriving.forget();
    }

    /** For diagrams and captures; a node at work does not. */
    @Benchmark
    public List<FramePart> dissect() {
        return dissector.dissect(frame.position(0));
    }

    private static void fail(Throwable error) {
        throw new IllegalStateException(error);
    }
}
