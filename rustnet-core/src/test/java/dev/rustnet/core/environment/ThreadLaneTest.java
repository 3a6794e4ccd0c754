package dev.rustnet.core.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadLaneTest {
    private final ThreadLane lane = new ThreadLane("lane-under-test", Duration.ZERO, System.getLogger("test"));

    @Test
    void tasksRunInOrderOnOneDaemonThreadOfThatName() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicReference<Thread> thread = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            String text = "task " + i;
            lane.execute(() -> seen.add(text + lane.inLane()));
        }
        lane.execute(() -> {
            thread.set(Thread.currentThread());
            done.countDown();
        });

        done.await();

        assertThat(seen).hasSize(100).startsWith("task 0true", "task 1true").endsWith("task 99true");
        assertThat(thread.get().getName()).isEqualTo("lane-under-test");
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(lane.inLane()).isFalse();
        lane.close();
        thread.get().join();
    }

    @Test
    void closingDoesNotWaitForATaskThatBlocksForEverButInterruptsIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        lane.execute(() -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        lane.execute(() -> seen.add("after"));
        begun.await();

        lane.close();
        lane.execute(() -> seen.add("too late"));
        interrupted.await();

        assertThat(seen).isEmpty();
    }

    @Test
    void aLaneThatIsNeverUsedHasNoThread() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("lane-never-used");
        new ThreadLane("lane-never-used", Duration.ofSeconds(1), System.getLogger("test")).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("lane-never-used");
    }
}
