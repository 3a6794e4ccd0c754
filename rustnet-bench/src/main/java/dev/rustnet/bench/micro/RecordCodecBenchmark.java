package dev.rustnet.bench.micro;

import dev.rustnet.core.codec.PayloadTable;
import dev.rustnet.core.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A small record as a typed payload. */
@State(Scope.Thread)
public class RecordCodecBenchmark {
    private static final int MAX_MESSAGE = 1 << 20;

    /**
     * What is encoded.
     *
     * @param item a short text
     * @param count a small number
     * @param price a larger one
     */
    public record Order(String item, int count, long price) {}

    private final RecordCodec codec = new RecordCodec(PayloadTable.of(Map.of("bench.order", Order.class)), MAX_MESSAGE);
    private final Order order = new Order("a dozen eggs", 12, 349);
    private final ByteBuffer encoded = ByteBuffer.wrap(codec.encode(order));

    /** To bytes. */
    @Benchmark
    public byte[] encode() {
        return codec.encode(order);
    }

    /** From bytes. */
    @Benchmark
    public Order decode() {
        return codec.decode(Order.class, encoded.position(0));
    }
}
