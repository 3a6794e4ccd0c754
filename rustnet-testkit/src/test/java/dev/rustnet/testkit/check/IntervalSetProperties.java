package dev.rustnet.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class IntervalSetProperties {
    @Property
    void behavesAsAPlainSet(@ForAll @Size(max = 40) List<@IntRange(min = 1, max = 25) Integer> numbers) {
        IntervalSet set = new IntervalSet();
        TreeSet<Long> plain = new TreeSet<>();

        for (int number : numbers) {
            assertThat(set.add(number)).isEqualTo(plain.add((long) number));
        }

        for (long number = 0; number <= 26; number++) {
            assertThat(set.contains(number)).isEqualTo(plain.contains(number));
            for (long to = number; to <= 26; to++) {
                long missing = -1;
                for (long candidate = to; candidate >= number; candidate--) {
                    missing = plain.contains(candidate) ? missing : candidate;
                }
                assertThat(set.firstMissing(number, to)).isEqualTo(missing);
                assertThat(set.containsAll(number, to)).isEqualTo(missing < 0);
            }
        }
        assertThat(set.last()).isEqualTo(plain.isEmpty() ? 0 : plain.last());
        assertThat(set.copy()).hasToString(set.toString());
    }

    @Property
    void findsTheFirstNumberThatNeitherOfTwoOthersHas(
            @ForAll @Size(max = 15) List<@IntRange(min = 1, max = 15) Integer> owed,
            @ForAll @Size(max = 15) List<@IntRange(min = 1, max = 15) Integer> first,
            @ForAll @Size(max = 15) List<@IntRange(min = 1, max = 15) Integer> second) {
        long expected = owed.stream()
                .filter(number -> !first.contains(number) && !second.contains(number))
                .mapToLong(Integer::longValue)
                .min()
                .orElse(-1);

        assertThat(setOf(owed).firstOutside(setOf(first), setOf(second))).isEqualTo(expected);
    }

    private static IntervalSet setOf(List<Integer> numbers) {
        IntervalSet set = new IntervalSet();
        numbers.forEach(set::add);
        return set;
    }
}
