package dev.rustnet.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final ProcessId P1 = new ProcessId("p1", 10);
    private static final ProcessId P2 = new ProcessId("p2", 20);
    private static final ProcessId P2_AGAIN = new ProcessId("p2", 21);

    @Test
    void theMembersOfAFirstViewAreTheFirstIncarnations() {
        assertThat(View.NONE.next(List.of(P1, P2))).isEqualTo(new View(1, List.of(P1, P2)));
        assertThat(new View(1, List.of(P1, P2)).earlierIncarnations("p2")).isZero();
    }

    @Test
    void anIncarnationThatStaysCountsOnce() {
        View third = new View(1, List.of(P1, P2)).next(List.of(P1, P2)).next(List.of(P1, P2));

        assertThat(third.number()).isEqualTo(3);
        assertThat(third.incarnations()).isEqualTo(Map.of("p1", 1, "p2", 1));
    }

    @Test
    void whoComesBackIsAnotherIncarnationEvenWhenViewsWereWithoutIt() {
        View without = new View(1, List.of(P1, P2)).next(List.of(P1));
        View again = without.next(List.of(P1, P2_AGAIN));

        assertThat(without.earlierIncarnations("p2")).isEqualTo(1);
        assertThat(again.earlierIncarnations("p2")).isEqualTo(1);
        assertThat(again.earlierIncarnations("p1")).isZero();
        assertThat(again.earlierIncarnations("p3")).isZero();
    }

    @Test
    void aMemberThatIsNotCountedIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new View(1, List.of(P1), Map.of("p2", 1)));
    }
}
