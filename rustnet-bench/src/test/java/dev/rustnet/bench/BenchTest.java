package dev.rustnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.work.Metric;
import dev.rustnet.bench.work.Scale;
import dev.rustnet.bench.work.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter error = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new Bench())
                .setErr(new PrintWriter(error))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    @Test
    void anUnknownComponentIsNamedWithThoseThatThereAre() {
        assertThat(run("--components", "netty")).isEqualTo(2);
        assertThat(error.toString()).contains("nobody is called \"netty\"").contains("uniform-reliable");
    }

    @Test
    void anUnknownWorkloadIsNamedWithThoseThatThereAre() {
        assertThat(run("--workloads", "z")).isEqualTo(2);
        assertThat(error.toString()).contains("there is no \"z\"").contains("a = one process broadcasts flat out");
    }

    @Test
    void whatIsOutOfRangeIsRefusedBeforeAnythingStarts() {
        assertThat(run("--peers", "1")).isEqualTo(2);
        assertThat(error.toString()).contains("--peers: 1 is not from 2 to 16");
    }

    @Test
    void aPartThatNobodyMeasuresIsNamedWithThoseThatThereAre() {
        assertThat(run("--micro=kernel panic")).isEqualTo(2);
        assertThat(error.toString())
                .contains("no benchmark has \"kernel panic\" in its name")
                .contains("Frame.encode");
    }

    @Test
    void theOptionsOfGroupsDoNotGoWithMicro() {
        assertThat(run("--micro", "--quick", "--peers", "4")).isEqualTo(2);
        assertThat(error.toString()).contains("--peers does not go with --micro");
    }

    @Test
    void forksOfMicroAreWithinRange() {
        assertThat(run("--micro", "--launches", "0")).isEqualTo(2);
        assertThat(error.toString()).contains("--launches: 0 is not from 1 to 1000");
    }

    @Test
    void everyMessageOfEveryKindOfContenderIsTheRightOne() {
        var scale = new Scale(2, 100, 1, 1, true, Map.of());
        for (Contender contender : List.of(Contender.RAW, Contender.UNIFORM_RELIABLE, Contender.JGROUPS)) {
            assertThat(Workload.ONE_SENDER.measure(contender, scale))
                    .as(contender.title())
                    .containsEntry(Metric.WRONG, 0.0)
                    .hasEntrySatisfying(Metric.RATE, rate -> assertThat(rate).isPositive());
        }
    }

    @Test
    void aMemberLeavesAndJoinsAgain() {
        assertThat(Workload.VIEWS_IDLE.measure(Contender.UNIFORM_RELIABLE, new Scale(2, 100, 0, 1, false, Map.of())))
                .hasEntrySatisfying(Metric.LEAVE, millis -> assertThat(millis).isPositive())
                .hasEntrySatisfying(Metric.JOIN, millis -> assertThat(millis).isPositive());
    }

    @Test
    void latenciesComeFromTheMembersThatDidNotSend() {
        assertThat(Workload.LATENCY.measure(Contender.UNIFORM_RELIABLE, new Scale(2, 100, 1, 1, true, Map.of())))
                .hasEntrySatisfying(Metric.P50, micros -> assertThat(micros).isPositive());
    }
}
