package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessNumbersTest {
    @Test
    void anIncarnationIsAThousandMoreAndMoreThanThatAmongThousands() {
        assertThat(new ProcessNumbers(4).of(2, 1)).isEqualTo(1003);
        assertThat(new ProcessNumbers(999).of(998, 1)).isEqualTo(1999);
        assertThat(new ProcessNumbers(1_000).of(999, 0)).isEqualTo(1_000);
        assertThat(new ProcessNumbers(1_000).of(999, 1)).isEqualTo(11_000);
    }

    @Test
    void rankAndIncarnationComeBack() {
        for (int processes : new int[] {1, 999, 1_000, 1_001, 10_000}) {
            ProcessNumbers numbers = new ProcessNumbers(processes);
            for (int rank : new int[] {0, processes / 2, processes - 1}) {
                for (int earlier = 0; earlier < 3; earlier++) {
                    int number = numbers.of(rank, earlier);
                    assertThat(numbers.rank(number)).isEqualTo(rank);
                    assertThat(numbers.earlier(number)).isEqualTo(earlier);
                }
            }
        }
    }
}
