package dev.rustnet.core.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.core.environment.BlockedWatch.Finding;
import org.junit.jupiter.api.Test;

class BlockedWatchTest {
    private final BlockedWatch watch = new BlockedWatch(100, 25, 0);
    private long now;

    private Finding look(long stretch) {
        now += 25;
        return watch.look(now, stretch);
    }

    @Test
    void aStretchThatReachesTheLimitIsReportedOnceAndItsEndOnce() {
        for (int i = 0; i < 4; i++) {
            assertThat(look(7)).isEqualTo(Finding.NOTHING);
        }
        assertThat(look(7)).isEqualTo(Finding.BLOCKED);
        assertThat(look(7)).isEqualTo(Finding.NOTHING);
        assertThat(look(8)).isEqualTo(Finding.GOES_ON);
        assertThat(watch.lastedNanos()).isEqualTo(150);
        assertThat(look(8)).isEqualTo(Finding.NOTHING);
    }

    @Test
    void manyShortStretchesAreNoLongOne() {
        for (int i = 1; i < 100; i++) {
            assertThat(look(i)).isEqualTo(Finding.NOTHING);
        }
    }

    @Test
    void aLoopThatWaitsIsNotBlocked() {
        for (int i = 1; i < 100; i++) {
            assertThat(look(0)).isEqualTo(Finding.NOTHING);
        }
    }

    @Test
    void aPauseOfTheWholeProcessIsNotAHandlerThatBlocks() {
        assertThat(look(7)).isEqualTo(Finding.NOTHING);
        now += 1_000_000;
        assertThat(look(7)).isEqualTo(Finding.NOTHING);
        assertThat(look(8)).isEqualTo(Finding.NOTHING);
    }

    @Test
    void aHandlerThatBlocksBeforeAndAfterAPauseIsReportedAllTheSame() {
        for (int i = 0; i < 3; i++) {
            assertThat(look(7)).isEqualTo(Finding.NOTHING);
        }
        now += 1_000_000;
        assertThat(look(7)).isEqualTo(Finding.NOTHING);
        assertThat(look(7)).isEqualTo(Finding.BLOCKED);
    }
}
