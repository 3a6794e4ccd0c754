package dev.rustnet.core.log;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Who holds which message: one acknowledgement noted, and what all hold asked for. */
@State(Scope.Thread)
public class AckMatrixBenchmark {
    @Param({"4", "32"})
    private int members;

    private AckMatrix matrix = new AckMatrix(0);
    private long number;
    private int process;

    /** Everybody holds the first message of every source. */
    @Setup
    public void prepare() {
        matrix = new AckMatrix(members);
        number = 1;
        for (int source = 0; source < members; source++) {
            for (int each = 0; each < members; each++) {
                matrix.raiseAcked(each, source, number);
            }
        }
    }

    /** The next of the members acknowledges one message more of the first. */
    @Benchmark
    public boolean raise() {
        process++;
        if (process == members) {
            process = 0;
            number++;
        }
        return matrix.raiseAcked(process, 0, number + 1);
    }

    /** Up to where every member holds the messages of one: the least of a column. */
    @Benchmark
    public long stable() {
        return matrix.stable(0);
    }
}
