package dev.rustnet.core.log;

import dev.rustnet.core.counters.Account;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.link.Batch;
import dev.rustnet.core.link.ReusedBatch;
import dev.rustnet.core.memory.ChunkPool;
import dev.rustnet.core.memory.MessageLog;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The books on one broadcast of 100 bytes, from its place in the log until all hold it and it is forgotten. */
@State(Scope.Thread)
public class CursorsBenchmark {
    private static final int SELF = 0;
    private static final byte[] PAYLOAD = new byte[100];

    @Param({"4", "32"})
    private int members;

    private final ReusedBatch batch = new ReusedBatch();
    private MessageLog[] logs = new MessageLog[0];
    private AckMatrix matrix = new AckMatrix(0);
    private Cursors cursors = new Cursors(0, logs, matrix);

    /** Everybody is sent the messages of this process. */
    @Setup
    public void prepare() {
        ChunkPool pool = new ChunkPool();
        logs = new MessageLog[members];
        Arrays.setAll(logs, source -> new MessageLog(pool));
        matrix = new AckMatrix(members);
        cursors = new Cursors(1, logs, matrix);
        Counters counters = new Counters();
        for (int to = 1; to < members; to++) {
            cursors.keep(to, new Account(counters, "bench", "p" + to, () -> 0));
            cursors.open(SELF, to);
        }
    }

    /** Appended, put into a batch for each other member, acknowledged by each of them, forgotten. */
    @Benchmark
    public long sendAndAcknowledge() {
        MessageLog log = logs[SELF];
        log.begin(PAYLOAD.length).put(PAYLOAD);
        long number = log.commit();
        matrix.raiseAcked(SELF, SELF, number);
        for (int to = 1; to < members; to++) {
            if (cursors.waits(SELF, to)) {
                Batch filled = batch.begin();
                cursors.fill(1, to, filled);
            }
        }
        for (int to = 1; to < members; to++) {
            matrix.raiseAcked(to, SELF, number);
            cursors.acked(SELF, to, number - 1, number);
            log.forget(matrix.stable(SELF) - 1);
        }
        return log.first();
    }
}
