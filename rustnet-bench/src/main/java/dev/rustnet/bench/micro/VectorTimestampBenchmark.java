package dev.rustnet.bench.micro;

import dev.rustnet.clock.VectorOrder;
import dev.rustnet.clock.VectorTimestamp;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Vector times, whose names one process mostly shares; and those of another list of names, as of another view. */
@State(Scope.Thread)
public class VectorTimestampBenchmark {
    @Param({"4", "32"})
    private int members;

    private List<String> names = List.of();
    private long[] times = new long[0];
    private VectorTimestamp left = VectorTimestamp.of(names);
    private VectorTimestamp right = left;
    private VectorTimestamp shifted = left;

    /** Concurrent times: neither is before the other. */
    @Setup
    public void prepare() {
        names = names(0);
        times = LongStream.rangeClosed(1, members).toArray();
        left = VectorTimestamp.of(names, times);
        right = VectorTimestamp.of(
                names, LongStream.rangeClosed(1, members).map(i -> members - i).toArray());
        shifted = VectorTimestamp.of(names(1), times);
    }

    private List<String> names(int first) {
        return IntStream.range(first, first + members)
                .mapToObj(i -> String.format("process-%02d", i))
                .toList();
    }

    /** As the clock makes one for each event, from names that it holds. */
    @Benchmark
    public VectorTimestamp of() {
        return VectorTimestamp.of(names, times);
    }

    /** The greater of each number. */
    @Benchmark
    public VectorTimestamp merge() {
        return left.merge(right);
    }

    /** Which was before the other. */
    @Benchmark
    public VectorOrder compare() {
        return left.compareTo(right);
    }

    /** The same where one name has gone and another has come. */
    @Benchmark
    public VectorTimestamp mergeOtherNames() {
        return left.merge(shifted);
    }

    /** The same where one name has gone and another has come. */
    @Benchmark
    public VectorOrder compareOtherNames() {
        return left.compareTo(shifted);
    }
}
