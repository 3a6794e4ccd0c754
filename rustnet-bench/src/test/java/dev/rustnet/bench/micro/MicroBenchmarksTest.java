package dev.rustnet.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class MicroBenchmarksTest {
    private static final MicroScale FOR_A_MOMENT = new MicroScale(0, 0, 1, Duration.ofMillis(2));

    @Test
    void everyBenchmarkRunsOnceWithEachOfItsParameters() throws RunnerException {
        List<String> told = new ArrayList<>();

        List<MicroFigure> figures = MicroBenchmarks.measure(MicroBenchmarks.named(""), FOR_A_MOMENT, told::add);

        assertThat(told).containsExactlyElementsOf(MicroBenchmarks.shortNames()).doesNotHaveDuplicates();
        assertThat(figures).extracting(MicroFigure::name).containsAll(told);
        assertThat(figures)
                .filteredOn(figure -> figure.name().equals("Frame.decode"))
                .extracting(MicroFigure::with)
                .containsExactly("messages = 1", "messages = 1000");
        assertThat(figures).allSatisfy(figure -> assertThat(figure.nanos()).isPositive());
    }

    @Test
    void benchmarksAreFoundByAPartOfTheirNamesInWhateverCase() {
        assertThat(MicroBenchmarks.named("ackmatrix"))
                .containsExactly(
                        "dev.rustnet.core.log.AckMatrixBenchmark.raise",
                        "dev.rustnet.core.log.AckMatrixBenchmark.stable");
        assertThat(MicroBenchmarks.named("nothing of this name")).isEmpty();
    }
}
