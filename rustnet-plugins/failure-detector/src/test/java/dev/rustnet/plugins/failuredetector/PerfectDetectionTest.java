package dev.rustnet.plugins.failuredetector;

import static dev.rustnet.plugins.failuredetector.Detection.SECOND;
import static dev.rustnet.plugins.failuredetector.Detection.SECOND_RANK;
import static dev.rustnet.plugins.failuredetector.Detection.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The perfect detector: synchrony is assumed. */
class PerfectDetectionTest {
    private final Detection it = new Detection(true);

    @Test
    void silenceForTheTimeoutIsACrash() {
        it.links.connect(SECOND_RANK, SECOND);

        it.time.advance(it.detector.detectionBound());

        assertThat(it.announced).containsExactly("suspect b-second", "crash b-second");
        assertThat(it.detector.crashed(SECOND)).isTrue();
    }

    @Test
    void aRefusedProbeIsASuspicionButACrashNeedsTheFullTimeout() {
        it.links.connect(SECOND_RANK, SECOND);

        it.links.disconnect(SECOND_RANK, Ending.END_OF_STREAM);
        it.links.refuse(SECOND_RANK);
        it.time.advance(TIMEOUT.minusNanos(1));
        assertThat(it.announced).containsExactly("suspect b-second");
        it.time.advance(it.detector.detectionBound().minus(TIMEOUT));

        assertThat(it.announced).containsExactly("suspect b-second", "crash b-second");
    }

    @Test
    void refusedForLessThanTheTimeoutIsNoCrash() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.disconnect(SECOND_RANK, Ending.RESET);
        it.links.refuse(SECOND_RANK);
        it.time.advance(TIMEOUT.dividedBy(2));

        it.links.connect(SECOND_RANK, SECOND);
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK);

        assertThat(it.announced).containsExactly("suspect b-second", "restore b-second");
    }

    @Test
    void aCrashIsForGood() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(TIMEOUT.multipliedBy(3));

        it.links.arrive(SECOND_RANK, (byte) 1);
        it.links.connect(SECOND_RANK, SECOND);
        it.beatenBy(TIMEOUT, SECOND_RANK);

        assertThat(it.announced).containsExactly("suspect b-second", "crash b-second");
        assertThat(it.detector.crashed(SECOND)).isTrue();
        assertThat(it.detector.suspects(SECOND)).isTrue();
    }

    @Test
    void onWakingFromAPauseNobodyIsDeclaredCrashed() {
        it.links.connect(SECOND_RANK, SECOND);
        it.beatenBy(TIMEOUT, SECOND_RANK);

        it.time.pause(TIMEOUT.multipliedBy(3));
        it.beatenBy(TIMEOUT.multipliedBy(3), SECOND_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void killAndRestartWithinTheTimeoutIsAnnouncedAsACrashOfTheOldIncarnation() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.disconnect(SECOND_RANK, Ending.RESET);
        ProcessId restarted = new ProcessId("b-second", 201);

        it.links.connect(SECOND_RANK, restarted);

        assertThat(it.announced).containsExactly("suspect b-second", "crash b-second");
        assertThat(it.detector.crashed(SECOND)).isTrue();
        assertThat(it.detector.crashed(restarted)).isFalse();
    }

    @Test
    void aNewListenerLearnsTheKnownCrashes() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(TIMEOUT.multipliedBy(2));
        List<ProcessId> replayed = new ArrayList<>();

        it.detector.listen((PerfectFailureDetector.CrashListener) replayed::add);

        assertThat(replayed).containsExactly(SECOND);
    }

    @Test
    void theTopicSaysWhatWasSeen() {
        it.links.connect(SECOND_RANK, SECOND);

        it.time.advance(TIMEOUT.multipliedBy(2));

        assertThat(it.topics.published(PerfectFailureDetector.PROCESS_CRASHED))
                .containsExactly(new PerfectFailureDetector.ProcessCrashed(SECOND, "no sign of life for 5.0 s"));
    }
}
