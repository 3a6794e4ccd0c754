package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DelaysTest {
    private static final int DRAWS = 20_000;
    private static final long MIN = 100_000;
    private static final long TYPICAL = 1_000_000;
    private static final long MAX = 50_000_000;

    private static final NetworkOptions OPTIONS =
            NetworkOptions.lan().withDelays(Duration.ofNanos(MIN), Duration.ofNanos(TYPICAL), Duration.ofNanos(MAX));

    private static long[] sorted(Delays delays) {
        SplittableRandom random = new SplittableRandom(7);
        return LongStream.generate(() -> delays.nanos(random, OPTIONS.withDelays(delays)))
                .limit(DRAWS)
                .sorted()
                .toArray();
    }

    private static long share(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private static double mean(long[] delays) {
        return Arrays.stream(delays).average().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void eachStaysBetweenTheShortestAndTheLongest(Delays delays) {
        long[] sorted = sorted(delays);

        assertThat(sorted[0]).isGreaterThanOrEqualTo(MIN);
        assertThat(sorted[DRAWS - 1]).isLessThanOrEqualTo(MAX);
    }

    @Test
    void eachHasItsShape() {
        assertThat(sorted(Delays.CONSTANT)).containsOnly(MIN + TYPICAL);
        assertThat(share(sorted(Delays.MOSTLY_TYPICAL), 0.85)).isLessThanOrEqualTo(MIN + TYPICAL);
        assertThat(mean(sorted(Delays.UNIFORM))).isBetween(0.48 * (MIN + MAX), 0.52 * (MIN + MAX));
        assertThat(mean(sorted(Delays.EXPONENTIAL)) - MIN).isBetween(0.97 * TYPICAL, 1.03 * TYPICAL);
        assertThat(share(sorted(Delays.EXPONENTIAL), 0.5) - MIN)
                .isBetween((long) (0.66 * TYPICAL), (long) (0.72 * TYPICAL));
        // As many short ones, and a tail that an exponential one has not: e to the -20th is none of 20,000.
        assertThat(share(sorted(Delays.HEAVY_TAIL), 0.5)).isLessThan(MIN + TYPICAL);
        assertThat(Arrays.stream(sorted(Delays.HEAVY_TAIL))
                        .filter(delay -> delay > 20 * TYPICAL)
                        .count())
                .isGreaterThan(100);
        assertThat(Arrays.stream(sorted(Delays.EXPONENTIAL))
                        .filter(delay -> delay > 20 * TYPICAL)
                        .count())
                .isZero();
    }

    @Test
    void aSeedGivesOneNetworkAndSeedsGiveAllKinds() {
        assertThat(NetworkOptions.random(5)).isEqualTo(NetworkOptions.random(5));
        assertThat(LongStream.rangeClosed(1, 100)
                        .mapToObj(seed -> NetworkOptions.random(seed).delays()))
                .contains(Delays.values());
        assertThat(LongStream.rangeClosed(1, 100)
                        .mapToObj(seed -> NetworkOptions.random(seed).loss() > 0))
                .contains(true, false);
    }
}
