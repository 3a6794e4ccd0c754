package dev.rustnet.core.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.core.loop.EventLoop;
import java.time.Duration;
import java.util.ResourceBundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    private final EventLoop loop = new EventLoop(
            new SystemEnvironment(getClass().getClassLoader(), "test", java.nio.file.Path.of(""), 1, Duration.ZERO)
                    .time(),
            64,
            error -> reports.add("error " + error));

    @Test
    void aHandlerThatBlocksIsReportedWithItsStackAndAgainWhenItGoesOn() throws InterruptedException {
        loop.attach(new ParkingPoller());
        LoopThread driver = LoopThread.start(loop, "blocked-loop", Duration.ofMillis(20), new QueueLogger());
        CountDownLatch release = new CountDownLatch(1);

        loop.execute(() -> blockUntil(release));

        assertThat(reports.take())
                .startsWith("RN-055 a handler has held up the event loop for more than 20 ms")
                .contains("WatchdogTest.blockUntil");
        release.countDown();
        assertThat(reports.take()).startsWith("the event loop goes on; it was held up for about");
        driver.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("blocked-loop", "blocked-loop-watchdog");
    }

    @Test
    void aHandlerThatBlocksALaneIsReportedWithItsStackAndAgainWhenItReturns() throws InterruptedException {
        ThreadLane lane = new ThreadLane("blocked-lane", Duration.ofMillis(20), new QueueLogger());
        CountDownLatch release = new CountDownLatch(1);

        lane.execute(() -> {});
        lane.execute(() -> blockUntil(release));

        assertThat(reports.take())
                .startsWith("RN-056 a handler has not returned on blocked-lane for more than 20 ms")
                .contains("WatchdogTest.blockUntil");
        release.countDown();
        assertThat(reports.take()).startsWith("a handler on blocked-lane has returned; it had blocked for about");
        lane.close();
    }

    @Test
    void thereIsNoWatchdogWhenItIsNotWanted() {
        loop.attach(new ParkingPoller());
        LoopThread driver = LoopThread.start(loop, "unwatched-loop", Duration.ZERO, new QueueLogger());

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("unwatched-loop")
                .doesNotContain("unwatched-loop-watchdog");

        driver.close();
    }

    private static void blockUntil(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as a selector does. */
    private static final class ParkingPoller implements EventLoop.Poller {
        private volatile Thread waiting;
        private volatile boolean woken;

        @Override
        public boolean poll(long timeoutNanos) {
            waiting = Thread.currentThread();
            if (timeoutNanos != 0 && !woken) {
                LockSupport.park(this);
            }
            woken = false;
            return false;
        }

        @Override
        public void wakeup() {
            woken = true;
            LockSupport.unpark(waiting);
        }
    }

    private final class QueueLogger implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            reports.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            reports.add(format);
        }
    }
}
