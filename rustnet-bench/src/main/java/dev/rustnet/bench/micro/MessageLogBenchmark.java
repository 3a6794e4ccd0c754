package dev.rustnet.bench.micro;

import dev.rustnet.core.memory.ChunkPool;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.core.memory.Varint;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Messages of 100 bytes into the log of their source, and out of it. */
public class MessageLogBenchmark {
    private static final byte[] PAYLOAD = new byte[100];
    private static final int MAX_MESSAGE = 2 << 20;

    /** A log; it always holds one message, so that its chunk fills up. */
    @State(Scope.Thread)
    public static class Retained {
        private final MessageLog log = new MessageLog(new ChunkPool());

        private long forget() {
            log.forget(log.last() - 1);
            return log.last();
        }
    }

    /** Messages as they stand in a batch that has arrived. */
    @State(Scope.Thread)
    public static class Run {
        @Param({"1", "1000"})
        private int messages;

        private ByteBuffer in = ByteBuffer.allocateDirect(0);

        /** Writes them down. */
        @Setup
        public void prepare() {
            in = ByteBuffer.allocateDirect(messages * (PAYLOAD.length + Varint.length(PAYLOAD.length)));
            for (int i = 0; i < messages; i++) {
                Varint.write(in, PAYLOAD.length);
                in.put(PAYLOAD);
            }
        }
    }

    /** One of the own process. */
    @Benchmark
    public long append(Retained retained) {
        retained.log.begin(PAYLOAD.length).put(PAYLOAD);
        retained.log.commit();
        return retained.forget();
    }

    /** All of a batch. */
    @Benchmark
    public long appendRun(Retained retained, Run run) {
        retained.log.appendRun(run.in.position(0), run.messages, 0, MAX_MESSAGE);
        return retained.forget();
    }
}
