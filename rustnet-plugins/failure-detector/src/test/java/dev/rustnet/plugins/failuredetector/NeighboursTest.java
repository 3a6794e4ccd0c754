package dev.rustnet.plugins.failuredetector;

import static dev.rustnet.plugins.failuredetector.Detection.SECOND;
import static dev.rustnet.plugins.failuredetector.Detection.SECOND_RANK;
import static dev.rustnet.plugins.failuredetector.Detection.THIRD;
import static dev.rustnet.plugins.failuredetector.Detection.THIRD_RANK;
import static dev.rustnet.plugins.failuredetector.Detection.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.FakeFairLossLinks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first of four in a ring: it watches the second, and the fourth watches it. */
class NeighboursTest {
    private static final int FOURTH_RANK = 3;
    private static final ProcessId FOURTH = new ProcessId("d-fourth", 4);

    private final Detection it = new Detection(false, 1);

    private void connectAll() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.connect(THIRD_RANK, THIRD);
        it.links.connect(FOURTH_RANK, FOURTH);
    }

    @Test
    void whoFollowsIsSuspectedAndNobodyElse() {
        connectAll();

        it.time.advance(it.detector.detectionBound());

        assertThat(it.announced).containsExactly("suspect b-second");
        assertThat(it.detector.suspects(SECOND)).isTrue();
        assertThat(it.detector.suspects(THIRD)).isFalse();
        assertThat(it.detector.suspects(FOURTH)).isFalse();
    }

    @Test
    void heartbeatsGoToWhoeverIsBefore() {
        connectAll();

        it.time.advance(TIMEOUT);

        assertThat(it.links.sent())
                .isNotEmpty()
                .extracting(FakeFairLossLinks.Sent::to)
                .containsOnly(FOURTH_RANK);
    }

    @Test
    void connectionsAreWantedWithNeighboursAlone() {
        assertThat(it.links.wants()).containsExactly(SECOND_RANK, FOURTH_RANK);
    }

    @Test
    void moreNeighboursThanThereAreIsEverybody() {
        Detection all = new Detection(false, 7);
        all.links.connect(SECOND_RANK, SECOND);
        all.links.connect(THIRD_RANK, THIRD);

        all.time.advance(all.detector.detectionBound());

        assertThat(all.announced).isEqualTo(List.of("suspect b-second", "suspect c-third"));
    }
}
