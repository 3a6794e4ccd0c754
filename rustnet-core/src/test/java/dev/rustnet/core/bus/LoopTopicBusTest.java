package dev.rustnet.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTopicBusTest {
    private static final Topic<String> NEWS = Topic.of("test.news", String.class);

    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final LoopTopicBus bus = new LoopTopicBus(later::add, errors::add);

    @Test
    void handsANoticeOverInALaterTurnInTheOrderOfSubscription() {
        bus.subscribe(NEWS, notice -> seen.add("first " + notice));
        bus.subscribe(NEWS, notice -> seen.add("second " + notice));

        bus.publish(NEWS, "a");
        bus.publish(NEWS, "b");
        assertThat(seen).isEmpty();
        runLater();

        assertThat(seen).containsExactly("first a", "second a", "first b", "second b");
    }

    @Test
    void tellsOnlyThoseWhoWereThereWhenTheNoticeWasMade() {
        bus.publish(NEWS, "too early");
        Subscription cancelled = bus.subscribe(NEWS, notice -> seen.add("cancelled"));
        bus.publish(NEWS, "on its way");
        bus.subscribe(NEWS, notice -> seen.add("too late"));
        cancelled.cancel();
        cancelled.cancel();

        runLater();

        assertThat(seen).isEmpty();
    }

    @Test
    void aSubscriberThatThrowsDoesNotKeepTheNoticeFromTheNext() {
        IllegalStateException error = new IllegalStateException("no");
        bus.subscribe(NEWS, notice -> {
            throw error;
        });
        bus.subscribe(NEWS, seen::add);

        bus.publish(NEWS, "a");
        runLater();

        assertThat(seen).containsExactly("a");
        assertThat(errors).containsExactly(error);
    }

    @Test
    void topicsOfOneNameAndTwoTypesAreTwoTopics() {
        bus.subscribe(Topic.of("test.news", Integer.class), notice -> seen.add("number"));

        bus.publish(NEWS, "a");
        runLater();

        assertThat(seen).isEmpty();
    }

    private void runLater() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }
}
