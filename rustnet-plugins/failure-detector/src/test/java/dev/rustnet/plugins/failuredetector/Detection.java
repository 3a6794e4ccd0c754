package dev.rustnet.plugins.failuredetector;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.FakeFairLossLinks;
import dev.rustnet.testkit.fake.FakeTopicBus;
import dev.rustnet.testkit.fake.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A detector at the first of four processes, with a clock and links in the test's hand, and what it announced. */
final class Detection {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    static final ProcessId FIRST = new ProcessId("a-first", 100);
    static final ProcessId SECOND = new ProcessId("b-second", 200);
    static final ProcessId THIRD = new ProcessId("c-third", 300);
    static final int SECOND_RANK = 1;
    static final int THIRD_RANK = 2;

    final ManualTime time = new ManualTime();
    final FakeFairLossLinks links = new FakeFairLossLinks(4, time);
    final FakeTopicBus topics = new FakeTopicBus();
    final HeartbeatFailureDetector detector;

    /** Indications in order, such as {@code suspect b-second}. */
    final List<String> announced = new ArrayList<>();

    Detection(boolean assumeSynchrony) {
        this(assumeSynchrony, 0);
    }

    Detection(boolean assumeSynchrony, int neighbours) {
        Group group = new Group(List.of(
                new Group.Member("a-first", "h:1"),
                new Group.Member("b-second", "h:2"),
                new Group.Member("c-third", "h:3"),
                new Group.Member("d-fourth", "h:4")));
        detector = new HeartbeatFailureDetector(
                group, FIRST, links, time, topics, HEARTBEAT, TIMEOUT, assumeSynchrony, neighbours);
        detector.start(time);
        detector.listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(ProcessId process) {
                announced.add("suspect " + process);
            }

            @Override
            public void restore(ProcessId process) {
                announced.add("restore " + process);
            }
        });
        detector.listen(process -> announced.add("crash " + process));
    }

    /** Lets time pass, during which a heartbeat of each of these ranks arrives every interval. */
    void beatenBy(Duration duration, int... ranks) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(HEARTBEAT)) {
            time.advance(HEARTBEAT);
            for (int rank : ranks) {
                links.arrive(rank, (byte) 1);
            }
        }
    }
}
