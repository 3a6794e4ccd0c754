package dev.rustnet.plugins.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LatencyHistogramProperties {
    @Property
    void aQuantileIsTheValueOfThatRankToThreePercent(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0) Long> values,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        LatencyHistogram histogram = new LatencyHistogram();
        values.forEach(histogram::record);

        long exact = values.stream()
                .sorted()
                .skip(Math.max(1, (long) Math.ceil(share * values.size())) - 1)
                .findFirst()
                .orElseThrow();
        long quantile = histogram.quantileNanos(share);

        assertThat(quantile).isGreaterThanOrEqualTo(exact);
        assertThat(quantile - exact).isLessThanOrEqualTo(exact / 32);
    }

    @Example
    void anEmptyOneSaysZero() {
        assertThat(new LatencyHistogram().quantileNanos(0.99)).isZero();
    }

    @Example
    void aNegativeDurationCountsAsZero() {
        LatencyHistogram histogram = new LatencyHistogram();

        histogram.record(-5);

        assertThat(histogram.quantileNanos(1)).isZero();
    }
}
