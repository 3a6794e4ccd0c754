package dev.rustnet.plugins.failuredetector;

import static dev.rustnet.plugins.failuredetector.Detection.HEARTBEAT;
import static dev.rustnet.plugins.failuredetector.Detection.SECOND;
import static dev.rustnet.plugins.failuredetector.Detection.SECOND_RANK;
import static dev.rustnet.plugins.failuredetector.Detection.THIRD;
import static dev.rustnet.plugins.failuredetector.Detection.THIRD_RANK;
import static dev.rustnet.plugins.failuredetector.Detection.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.FairLossLinks.Ending;
import dev.rustnet.testkit.fake.FakeFairLossLinks;
import dev.rustnet.testkit.fake.FakeTopicBus;
import dev.rustnet.testkit.fake.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The eventually perfect detector: synchrony is not assumed. */
class HeartbeatFailureDetectorTest {
    private final Detection it = new Detection(false);

    @Test
    void silenceIsASuspicionAfterTheTimeoutAndWithinTheDetectionBound() {
        it.links.connect(SECOND_RANK, SECOND);

        it.time.advance(TIMEOUT.minusNanos(1));
        assertThat(it.announced).isEmpty();
        it.time.advance(it.detector.detectionBound().minus(TIMEOUT));

        assertThat(it.announced).containsExactly("suspect b-second");
        assertThat(it.detector.suspects(SECOND)).isTrue();
    }

    @Test
    void silenceForEverIsOneSuspicion() {
        it.links.connect(SECOND_RANK, SECOND);

        it.time.advance(TIMEOUT.multipliedBy(20));

        assertThat(it.announced).containsExactly("suspect b-second");
    }

    @Test
    void twoThatCrashAtOnceAreEachSuspectedOnce() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.connect(THIRD_RANK, THIRD);
        it.beatenBy(TIMEOUT, SECOND_RANK, THIRD_RANK);

        it.time.advance(it.detector.detectionBound());

        assertThat(it.announced).containsExactly("suspect b-second", "suspect c-third");
    }

    @Test
    void heartbeatsKeepSuspicionAway() {
        it.links.connect(SECOND_RANK, SECOND);

        it.beatenBy(TIMEOUT.multipliedBy(10), SECOND_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void anyOtherByteCountsAsLife() {
        it.links.connect(SECOND_RANK, SECOND);

        for (int i = 0; i < 10; i++) {
            it.time.advance(TIMEOUT.minusMillis(1));
            it.links.hear(SECOND_RANK);
        }

        assertThat(it.announced).isEmpty();
    }

    @Test
    void aHeartbeatTakesASuspicionBackAtOnce() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(TIMEOUT.multipliedBy(3));

        it.links.arrive(SECOND_RANK, (byte) 1);

        assertThat(it.announced).containsExactly("suspect b-second", "restore b-second");
        assertThat(it.detector.suspects(SECOND)).isFalse();
    }

    @Test
    void anyOtherByteTakesASuspicionBackAtTheNextCheck() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(TIMEOUT.multipliedBy(3));

        it.links.hear(SECOND_RANK);
        it.time.advance(HEARTBEAT);

        assertThat(it.announced).containsExactly("suspect b-second", "restore b-second");
    }

    @Test
    void whoWasNeverMetIsNotSuspected() {
        it.links.refuse(SECOND_RANK);

        it.time.advance(TIMEOUT.multipliedBy(100));

        assertThat(it.announced).isEmpty();
        assertThat(it.detector.suspects(ProcessId.named("b-second"))).isFalse();
    }

    @Test
    void whoComesMuchLaterThanTheTimeoutIsWatchedFromThenOn() {
        it.time.advance(TIMEOUT.multipliedBy(100));

        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(TIMEOUT.minusNanos(1));
        assertThat(it.announced).isEmpty();
        it.time.advance(HEARTBEAT);

        assertThat(it.announced).containsExactly("suspect b-second");
    }

    @Test
    void anEndOfStreamAndARefusedProbeAreASuspicionAtOnce() {
        it.links.connect(SECOND_RANK, SECOND);

        it.links.disconnect(SECOND_RANK, Ending.END_OF_STREAM);
        assertThat(it.links.probes()).containsExactly(SECOND_RANK);
        assertThat(it.announced).isEmpty();
        it.links.refuse(SECOND_RANK);

        assertThat(it.announced).containsExactly("suspect b-second");
    }

    @Test
    void aSuspicionByARefusedProbeIsTakenBackByANewConnection() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.disconnect(SECOND_RANK, Ending.RESET);
        it.links.refuse(SECOND_RANK);

        it.links.connect(SECOND_RANK, SECOND);

        assertThat(it.announced).containsExactly("suspect b-second", "restore b-second");
    }

    @Test
    void aByteFromBeforeTheRefusalDoesNotTakeTheSuspicionBack() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(Duration.ofMillis(300));
        it.links.hear(SECOND_RANK);
        it.links.disconnect(SECOND_RANK, Ending.RESET);
        it.links.refuse(SECOND_RANK);

        it.time.advance(HEARTBEAT);

        assertThat(it.announced).containsExactly("suspect b-second");
    }

    @Test
    void resetsAloneAreNothingWhileHeartbeatsGetThrough() {
        it.links.connect(SECOND_RANK, SECOND);

        for (int i = 0; i < 100; i++) {
            it.links.disconnect(SECOND_RANK, Ending.RESET);
            it.time.advance(HEARTBEAT.multipliedBy(2));
            it.links.connect(SECOND_RANK, SECOND);
        }

        assertThat(it.announced).isEmpty();
    }

    @Test
    void aRefusalAfterAConnectionClosedHereIsNothing() {
        it.links.connect(SECOND_RANK, SECOND);

        it.links.disconnect(SECOND_RANK, Ending.CLOSED_HERE);
        it.links.refuse(SECOND_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void aGoodbyeIsNoSuspicionEver() {
        it.links.connect(SECOND_RANK, SECOND);

        it.links.disconnect(SECOND_RANK, Ending.GOODBYE);
        it.links.refuse(SECOND_RANK);
        it.time.advance(TIMEOUT.multipliedBy(10));

        assertThat(it.announced).isEmpty();
    }

    @Test
    void onWakingFromAPauseNobodyIsAccused() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.connect(THIRD_RANK, THIRD);
        it.beatenBy(TIMEOUT, SECOND_RANK, THIRD_RANK);

        it.time.pause(TIMEOUT.multipliedBy(3));
        it.beatenBy(TIMEOUT.multipliedBy(3), SECOND_RANK, THIRD_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void whoIsStillSilentAfterThePauseOfTheOwnProcessIsSuspectedAllTheSame() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.pause(TIMEOUT.multipliedBy(3));

        it.time.advance(it.detector.detectionBound());

        assertThat(it.announced).containsExactly("suspect b-second");
    }

    @Test
    void shortPausesOfTheOwnProcessAgainAndAgainDoNotHideACrash() {
        it.links.connect(SECOND_RANK, SECOND);

        for (int i = 0; i < 10; i++) {
            it.time.pause(Duration.ofMillis(400));
            it.time.advance(HEARTBEAT);
        }

        assertThat(it.announced).containsExactly("suspect b-second");
    }

    @Test
    void aJumpOfTheWallClockIsNothing() {
        it.links.connect(SECOND_RANK, SECOND);

        it.time.moveWallClock(Duration.ofHours(1));
        it.beatenBy(TIMEOUT, SECOND_RANK);
        it.time.moveWallClock(Duration.ofHours(-2));
        it.beatenBy(TIMEOUT, SECOND_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void aNewIncarnationMeansThatTheOldOneHasCrashed() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.disconnect(SECOND_RANK, Ending.RESET);
        ProcessId restarted = new ProcessId("b-second", 201);

        it.links.connect(SECOND_RANK, restarted);
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK);

        assertThat(it.announced).containsExactly("suspect b-second");
        assertThat(it.detector.suspects(SECOND)).isTrue();
        assertThat(it.detector.suspects(restarted)).isFalse();
    }

    @Test
    void aDelayedConnectionOfAnOldIncarnationChangesNothing() {
        ProcessId restarted = new ProcessId("b-second", 201);
        it.links.connect(SECOND_RANK, restarted);

        it.links.connect(SECOND_RANK, SECOND);

        assertThat(it.announced).isEmpty();
        assertThat(it.detector.suspects(restarted)).isFalse();
    }

    @Test
    void aNewListenerLearnsThePresentSuspicions() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.connect(THIRD_RANK, THIRD);
        it.beatenBy(TIMEOUT.multipliedBy(2), THIRD_RANK);
        List<ProcessId> replayed = new ArrayList<>();

        it.detector.listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(ProcessId process) {
                replayed.add(process);
            }

            @Override
            public void restore(ProcessId process) {}
        });

        assertThat(replayed).containsExactly(SECOND);
    }

    @Test
    void aListenerThatCancelledHearsNothing() {
        List<ProcessId> heard = new ArrayList<>();
        it.detector
                .listen(new FailureDetector.SuspicionListener() {
                    @Override
                    public void suspect(ProcessId process) {
                        heard.add(process);
                    }

                    @Override
                    public void restore(ProcessId process) {}
                })
                .cancel();
        it.links.connect(SECOND_RANK, SECOND);

        it.time.advance(TIMEOUT.multipliedBy(2));

        assertThat(heard).isEmpty();
        assertThat(it.announced).isNotEmpty();
    }

    @Test
    void withoutSynchronyNobodyIsEverDeclaredCrashed() {
        it.links.connect(SECOND_RANK, SECOND);

        it.time.advance(TIMEOUT.multipliedBy(100));

        assertThat(it.detector.crashed(SECOND)).isFalse();
        assertThat(it.topics.published(PerfectFailureDetector.PROCESS_CRASHED)).isEmpty();
    }

    @Test
    void topicsSayWhatWasSeen() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(TIMEOUT.plus(HEARTBEAT));
        it.links.arrive(SECOND_RANK, (byte) 1);

        assertThat(it.topics.published(FailureDetector.PROCESS_SUSPECTED))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.process()).isEqualTo(SECOND);
                    assertThat(notice.evidence()).isEqualTo("no sign of life for 5.0 s");
                });
        assertThat(it.topics.published(FailureDetector.PROCESS_RESTORED))
                .containsExactly(new FailureDetector.ProcessRestored(SECOND));
    }

    @Test
    void everyConnectedProcessGetsAHeartbeatPerInterval() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.connect(THIRD_RANK, THIRD);
        it.links.disconnect(THIRD_RANK, Ending.RESET);

        it.time.advance(HEARTBEAT.multipliedBy(3));

        assertThat(it.links.sent())
                .extracting(FakeFairLossLinks.Sent::to)
                .containsExactly(SECOND_RANK, SECOND_RANK, SECOND_RANK);
    }

    /** A heartbeat that says that its sender has met the third process. */
    private static byte[] metTheThird(long incarnation) {
        Heartbeat heartbeat = new Heartbeat(4);
        ByteBuffer message = heartbeat.write(rank -> rank == THIRD_RANK ? new ProcessId("c-third", incarnation) : null);
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    @Test
    void whoCrashedBeforeItWasMetHereIsSuspectedBecauseAnotherProcessHasMetIt() {
        it.links.connect(SECOND_RANK, SECOND);

        it.links.arrive(SECOND_RANK, metTheThird(300));
        it.beatenBy(it.detector.detectionBound(), SECOND_RANK);

        assertThat(it.announced).containsExactly("suspect c-third");
        assertThat(it.detector.suspects(THIRD)).isTrue();
    }

    @Test
    void whoWasMetElsewhereAndThenHereIsNotSuspected() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.arrive(SECOND_RANK, metTheThird(300));
        it.beatenBy(TIMEOUT.minus(HEARTBEAT), SECOND_RANK);

        it.links.connect(THIRD_RANK, THIRD);
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK, THIRD_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void whatIsHeardOfAnotherIncarnationDoesNotHarmTheOneMetHere() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.connect(THIRD_RANK, THIRD);

        it.links.arrive(SECOND_RANK, metTheThird(301));
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK, THIRD_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void theIncarnationMetHereReplacesOneThatWasOnlyHeardOf() {
        it.links.connect(SECOND_RANK, SECOND);
        it.links.arrive(SECOND_RANK, metTheThird(301));
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK);

        it.links.connect(THIRD_RANK, THIRD);
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK, THIRD_RANK);

        assertThat(it.announced).containsExactly("suspect c-third", "restore c-third");
    }

    @Test
    void aHeartbeatSaysWhomItsSenderHasMet() {
        it.links.connect(SECOND_RANK, SECOND);
        it.time.advance(HEARTBEAT);
        List<String> read = new ArrayList<>();

        Heartbeat.read(it.links.sent().get(0).message(), (rank, incarnation) -> read.add(rank + " " + incarnation));

        assertThat(read).containsExactly("1 200");
    }

    @Test
    void aHeartbeatThatIsNotUnderstoodIsASignOfLifeAndNothingElse() {
        byte[] unknownRank = new byte[] {1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 7};
        byte[] unknownVersion = new byte[] {99, 1, 2};
        byte[] truncated = new byte[] {1, 0, 2, 0};
        it.links.connect(SECOND_RANK, SECOND);

        for (byte[] message :
                List.of(new byte[0], unknownRank, unknownVersion, truncated, metTheThird(-5), metTheThird(0))) {
            it.links.arrive(SECOND_RANK, message);
        }
        it.beatenBy(TIMEOUT.multipliedBy(2), SECOND_RANK);

        assertThat(it.announced).isEmpty();
    }

    @Test
    void inALargeGroupTheHeartbeatsTakeTurns() {
        Heartbeat heartbeat = new Heartbeat(500);
        List<Integer> read = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            ByteBuffer message = heartbeat.write(rank -> new ProcessId("p" + rank, rank + 1));
            assertThat(message.remaining()).isLessThanOrEqualTo(FairLossLinks.MAX_LENGTH);
            Heartbeat.read(message, (rank, incarnation) -> read.add(rank));
        }

        assertThat(read).startsWith(0, 1, 2).contains(499).hasSize(5 * 102);
    }

    /** The original took its timeout in whole seconds, less one. */
    @Test
    void bugUnderflowForATimeoutBelowOneSecond() {
        ManualTime time = new ManualTime();
        FakeFairLossLinks links = new FakeFairLossLinks(2, time);
        ProcessId self = new ProcessId("a", 1);
        ProcessId other = new ProcessId("b", 1);
        HeartbeatFailureDetector detector = new HeartbeatFailureDetector(
                new Group(List.of(new Group.Member("a", "h:1"), new Group.Member("b", "h:2"))),
                self,
                links,
                time,
                new FakeTopicBus(),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                false,
                0);
        detector.start(time);
        links.connect(1, other);

        for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofMillis(10));
            links.arrive(1, (byte) 1);
        }
        assertThat(detector.suspects(other)).isFalse();
        time.advance(Duration.ofMillis(25));

        assertThat(detector.suspects(other)).isTrue();
    }
}
