package dev.rustnet.plugins.vectorclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.clock.VectorOrder;
import dev.rustnet.clock.VectorTimestamp;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VectorTimestampProperties {
    private static final List<String> ALL = List.of("a", "b", "c");

    /** Of all three processes, or of two of them. */
    @Provide
    Arbitrary<VectorTimestamp> times() {
        return Arbitraries.of(ALL, List.of("a", "c"), List.of("b", "c")).flatMap(processes -> Arbitraries.longs()
                .between(0, 3)
                .array(long[].class)
                .ofSize(processes.size())
                .map(numbers -> VectorTimestamp.of(processes, numbers)));
    }

    private static boolean nowhereGreater(VectorTimestamp one, VectorTimestamp other) {
        return ALL.stream().allMatch(process -> one.time(process) <= other.time(process));
    }

    @Property
    void theOrderIsThatOfTheNumbers(@ForAll("times") VectorTimestamp one, @ForAll("times") VectorTimestamp other) {
        boolean upTo = nowhereGreater(one, other);
        boolean from = nowhereGreater(other, one);
        VectorOrder expected = upTo
                ? (from ? VectorOrder.EQUAL : VectorOrder.BEFORE)
                : (from ? VectorOrder.AFTER : VectorOrder.CONCURRENT);

        assertThat(one.compareTo(other)).isEqualTo(expected);
        assertThat(one.equals(other)).isEqualTo(expected == VectorOrder.EQUAL);
        if (one.equals(other)) {
            assertThat(one).hasSameHashCodeAs(other);
        }
    }

    @Property
    void mergeIsAssociativeCommutativeAndIdempotent(
            @ForAll("times") VectorTimestamp one,
            @ForAll("times") VectorTimestamp other,
            @ForAll("times") VectorTimestamp third) {
        assertThat(one.merge(other).merge(third)).isEqualTo(one.merge(other.merge(third)));
        assertThat(one.merge(other)).isEqualTo(other.merge(one));
        assertThat(one.merge(one)).isEqualTo(one);
        assertThat(nowhereGreater(one, one.merge(other))).isTrue();
    }

    @Example
    void nothingGivenOrTakenSharesItsNumbers() {
        long[] given = {1, 2, 3};
        VectorTimestamp time = VectorTimestamp.of(ALL, given);
        given[0] = 9;
        time.times()[1] = 9;

        assertThat(time.times()).containsExactly(1, 2, 3);
        assertThat(time).hasToString("{a:1, b:2, c:3}");
    }
}
