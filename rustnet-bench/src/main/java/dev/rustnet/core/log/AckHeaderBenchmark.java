package dev.rustnet.core.log;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Acknowledgements as a link carries them, when there is something new of every source: all members broadcast. */
@State(Scope.Thread)
public class AckHeaderBenchmark {
    private static final int SELF = 0;
    private static final int PEER = 1;
    private static final ProcessId FROM = ProcessId.named("p01");

    @Param({"4", "32"})
    private int members;

    @SuppressWarnings("NullAway.Init") // by prepare
    private RetainedBroadcastLog log;

    @SuppressWarnings("NullAway.Init") // by prepare
    private AckHeader header;

    private ByteBuffer out = ByteBuffer.allocateDirect(16 * 1024);
    private ByteBuffer in = out;
    private long number;
    private long told;

    /** The peer has been told of the view and of one message of each source. */
    @Setup
    public void prepare() {
        log = LoneLog.of(members);
        header = new AckHeader("acknowledged/bench", log, (from, process, source, acked, consumed) -> told += acked);
        header.install(members);
        write();
        in = ByteBuffer.allocateDirect(write());
        in.put(out.flip());
    }

    /** One message more of each source was received: the own row, to one peer. */
    @Benchmark
    public int write() {
        number++;
        AckMatrix matrix = log.matrix();
        for (int source = 0; source < members; source++) {
            matrix.raiseAcked(SELF, source, number);
        }
        header.write(PEER, out.clear());
        return out.position();
    }

    /** What a peer says of one message more of each source. */
    @Benchmark
    public long read() {
        header.read(PEER, FROM, in.position(0));
        return told;
    }
}
