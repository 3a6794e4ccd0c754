package dev.rustnet.bench.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberLinesTest {
    @Test
    void aRoleIsReadAsItWasWritten() {
        var role = new Role(
                Contender.RELIABLE,
                2,
                1,
                1024,
                true,
                false,
                true,
                Map.of("rustnet.a", "x=y", "rustnet.b", "1"),
                List.of(7, 8, 9));

        assertThat(Role.parse(role.arguments().toArray(String[]::new))).isEqualTo(role);
    }

    @Test
    void aSampleIsReadAsItWasWritten() {
        var sample = new Sample(1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(Sample.parse(sample.toString())).isEqualTo(sample);
    }

    @Test
    void ratesAndCoresAreDifferences() {
        var before = new Sample(100, 0, 1_000_000_000L, 500_000_000L, 0, 0, 0, 0, 0);
        var after = new Sample(1_100, 0, 3_000_000_000L, 1_500_000_000L, 0, 0, 0, 0, 0);

        assertThat(after.rateSince(before)).isEqualTo(500);
        assertThat(after.coresSince(before)).isEqualTo(0.5);
    }
}
