package dev.rustnet.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopTest {
    private final List<String> seen = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final HandTime time = new HandTime();
    private final EventLoop loop = new EventLoop(time, 16, errors::add);

    private static final class HandTime implements TimeSource {
        private long nanos = 1_000;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        void advance(Duration by) {
            nanos += by.toNanos();
        }
    }

    @Test
    void timersRunInTheOrderOfTheirDeadlinesAndOfSettingThem() {
        loop.timers().after(Duration.ofMillis(2), () -> seen.add("late"));
        loop.timers().after(Duration.ofMillis(1), () -> seen.add("early"));
        loop.timers().after(Duration.ofMillis(1), () -> seen.add("early too"));
        assertThat(loop.untilNextNanos()).isEqualTo(1_000_000);

        time.advance(Duration.ofMillis(5));
        loop.turn(0);

        assertThat(seen).containsExactly("early", "early too", "late");
        assertThat(loop.untilNextNanos()).isEqualTo(-1);
    }

    @Test
    void whoLooksAfterTheLoopCanTellWorkFromWaiting() {
        List<Long> stretches = new ArrayList<>();
        loop.attach(new EventLoop.Poller() {
            @Override
            public boolean poll(long timeoutNanos) {
                stretches.add(loop.stretch());
                loop.awake();
                stretches.add(loop.stretch());
                return true;
            }

            @Override
            public void wakeup() {}
        });
        loop.timers().after(Duration.ZERO, () -> stretches.add(loop.stretch()));

        loop.turn(-1);

        assertThat(stretches).hasSize(3).doesNotHaveDuplicates();
        assertThat(stretches.get(0)).isPositive();
        assertThat(stretches.get(1)).isZero();
        assertThat(stretches.get(2)).isPositive();
        assertThat(loop.stretch()).isPositive().isNotIn(stretches);
    }

    @Test
    void aCancelledTimerDoesNotRun() {
        Timer timer = loop.timers().after(Duration.ofMillis(1), () -> seen.add("cancelled"));
        timer.cancel();

        time.advance(Duration.ofMillis(5));
        loop.turn(0);

        assertThat(seen).isEmpty();
    }

    @Test
    void aPauseRunsAPeriodicTimerOnceNotOnceForEachPeriodMissed() {
        loop.timers().every(Duration.ofMillis(10), () -> seen.add("tick"));

        time.advance(Duration.ofSeconds(10));
        loop.turn(0);
        assertThat(seen).hasSize(1);
        time.advance(Duration.ofMillis(10));
        loop.turn(0);

        assertThat(seen).hasSize(2);
    }

    @Test
    void aTimerOfNoDelayRunsInALaterTurn() {
        loop.timers().after(Duration.ZERO, () -> loop.timers().after(Duration.ZERO, () -> seen.add("second")));

        loop.turn(0);
        assertThat(seen).isEmpty();
        loop.turn(0);

        assertThat(seen).containsExactly("second");
    }

    @Test
    void aTaskQueuedByATaskWaitsForALaterTurn() {
        loop.later(() -> {
            seen.add("first");
            loop.later(() -> seen.add("second"));
        });

        loop.turn(0);
        assertThat(seen).containsExactly("first");
        loop.turn(0);

        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void whatATaskThrowsIsReportedAndTheOthersRun() {
        IllegalStateException thrown = new IllegalStateException("broken");
        loop.later(() -> {
            throw thrown;
        });
        loop.later(() -> seen.add("next"));

        loop.turn(0);

        assertThat(errors).containsExactly(thrown);
        assertThat(seen).containsExactly("next");
    }

    @Test
    void theLoopDoesNotWaitWhileWorkForTheEndOfATurnIsPending() {
        List<Long> waits = new ArrayList<>();
        loop.attach(new EventLoop.Poller() {
            @Override
            public boolean poll(long timeoutNanos) {
                waits.add(timeoutNanos);
                return false;
            }

            @Override
            public void wakeup() {}
        });
        boolean[] pending = {true};
        loop.atTurnEnd(new EventLoop.TurnWork() {
            @Override
            public boolean pending() {
                return pending[0];
            }

            @Override
            public void run() {
                pending[0] = false;
            }
        });

        loop.turn(-1);
        loop.turn(-1);
        loop.timers().after(Duration.ofMillis(3), () -> {});
        loop.turn(-1);

        assertThat(waits).containsExactly(0L, -1L, 3_000_000L);
    }

    @Test
    void aTaskOfAnotherThreadEndsTheWait() throws InterruptedException {
        Object lock = new Object();
        boolean[] woken = {false};
        loop.attach(new EventLoop.Poller() {
            @Override
            public boolean poll(long timeoutNanos) {
                synchronized (lock) {
                    while (!woken[0] && timeoutNanos != 0 && seen.isEmpty()) {
                        try {
                            lock.wait();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
                return false;
            }

            @Override
            public void wakeup() {
                synchronized (lock) {
                    woken[0] = true;
                    lock.notifyAll();
                }
            }
        });
        loop.turn(0);
        Thread other = new Thread(() -> loop.execute(() -> seen.add("from outside")));
        other.start();

        while (seen.isEmpty()) {
            loop.turn(-1);
        }

        other.join();
        assertThat(seen).containsExactly("from outside");
    }

    @Test
    void aClosedLoopTakesNoTasksOfOthers() throws InterruptedException {
        loop.turn(0);
        loop.close();
        List<Throwable> thrown = new ArrayList<>();
        Thread other = new Thread(() -> {
            try {
                loop.execute(() -> seen.add("never"));
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });

        other.start();
        other.join();

        assertThat(thrown).hasSize(1);
        assertThatThrownBy(() -> {
                    throw thrown.get(0);
                })
                .hasMessageContaining("stopped");
    }
}
