package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.broadcast.TypedChannel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.node.IncarnationEnded;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import dev.rustnet.node.NodeFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A node goes on after the end of an incarnation, and so does what the application holds in its hands. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class IncarnationsIT {
    private static final Topic<String> NEWS = Topic.of("test.news", String.class);

    @TempDir
    Path data;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<IncarnationEnded> ended = new LinkedBlockingQueue<>();
    private final Ender ender = new Ender();

    /** Ends incarnations when the test says so, and tells of its own life. */
    private final class Ender implements NetComponent {
        private volatile ComponentContext context;
        private volatile Runnable onStart = () -> {};

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("ender").build();
        }

        @Override
        public void start(ComponentContext given) {
            onStart.run();
            context = given;
            heard.add("start");
        }

        @Override
        public void stop() {
            heard.add("stop");
        }

        void endIncarnation() {
            ComponentContext present = context;
            present.execute(() -> present.startAnew("the test says so"));
        }
    }

    private NodeBuilder alone() {
        return builder(List.of("first@127.0.0.1:1"));
    }

    private NodeBuilder builder(List<String> peers) {
        return Node.builder("first")
                .bind("127.0.0.1:0")
                .peers(peers)
                .component(ender)
                .set("rustnet.node.data-directory", data.toString());
    }

    private Node built(NodeBuilder builder) {
        Node node = builder.build();
        node.onIncarnationEnded(ended::add);
        return node;
    }

    private void expect(String... next) throws InterruptedException {
        for (String each : next) {
            assertThat(heard.take()).isEqualTo(each);
        }
    }

    @Test
    void theNextIncarnationHasAHigherNumberTheSamePortAndWhatTheApplicationHolds() throws Exception {
        try (Node node = built(alone().payload("text", Text.class))) {
            expect("start");
            UniformReliableBroadcast service = node.service(UniformReliableBroadcast.class);
            Channel channel = service.channel("a");
            channel.onView(view -> heard.add("view " + view.number()));
            channel.onDeliver(delivery -> heard.add(delivery.text()));
            TypedChannel<Text> typed = service.channel("b", Text.class);
            typed.onDeliver((text, delivery) -> heard.add("typed " + text.content()));
            node.onReceive((from, message) -> heard.add("received " + message.length));
            node.topics().subscribe(NEWS, heard::add);
            Subscription cancelled = node.topics().subscribe(NEWS, news -> heard.add("cancelled"));
            cancelled.cancel();
            ProcessId first = node.self();
            node.start().join();
            String address = node.address();
            expect("view 1");
            channel.broadcast("one");
            expect("one");

            ender.endIncarnation();
            expect("stop", "start", "view 1");
            node.whenJoined().join();

            assertThat(node.self().name()).isEqualTo(first.name());
            assertThat(node.self().incarnation()).isGreaterThan(first.incarnation());
            assertThat(node.address()).isEqualTo(address);
            assertThat(channel.broadcast("two")).isEqualTo(new MessageId(node.self(), 1));
            expect("two");
            assertThat(typed.broadcast(new Text("three"))).isEqualTo(new MessageId(node.self(), 2));
            expect("typed three");
            assertThat(node.service(UniformReliableBroadcast.class).channel("a"))
                    .isSameAs(channel);
            node.send("first", new byte[4]);
            expect("received 4");
            ComponentContext present = ender.context;
            present.execute(() -> present.topics().publish(NEWS, "news"));
            expect("news");
            assertThat(ended.take()).satisfies(end -> {
                assertThat(end.process()).isEqualTo(first);
                assertThat(end.reason()).contains("RN-057", "because of ender: the test says so");
                assertThat(end.unknown()).isEmpty();
            });
        }
        expect("stop");
        assertThat(ended).isEmpty();
    }

    /** A payload. */
    public record Text(String content) {}

    @Test
    void listenersOfServicesAreToldOfEachIncarnationsPresent() throws Exception {
        try (Node node = built(alone())) {
            expect("start");
            node.service(GroupMembership.class).listen(new MembershipListener() {
                @Override
                public void viewInstalled(View view) {
                    heard.add("listener " + view.members());
                }
            });
            expect("listener [" + node.self() + "]");
            node.start().join();

            ender.endIncarnation();
            expect("stop", "start");
            String told = heard.take();

            assertThat(told).isEqualTo("listener [" + node.self() + "]");
        }
    }

    @Test
    void whoWaitsForTheWindowGoesOnInTheNextIncarnationAndIsToldWhatIsUnknown() throws Exception {
        List<String> peers = List.of("first@127.0.0.1:1", "second@127.0.0.1:2");
        try (Node node = built(builder(peers).configure("uniform-reliable-broadcast", Map.of("window-messages", 2)))) {
            Channel channel = node.service(UniformReliableBroadcast.class).channel("a");
            node.start().join();
            ProcessId first = node.self();
            Tracked one = channel.broadcastTracked(new byte[1]);
            channel.broadcast(new byte[1]);
            assertThat(channel.tryBroadcast(new byte[1])).isFalse();
            channel.onWindowOpen(() -> heard.add("open"));
            CompletableFuture<MessageId> waiting = new CompletableFuture<>();
            Thread waiter = new Thread(() -> waiting.complete(channel.broadcast(new byte[1])), "waiter");
            waiter.start();
            awaitWaiting(waiter);

            ender.endIncarnation();

            assertThat(ended.take().unknown())
                    .containsExactly(new UnknownOutcome("uniform-reliable-broadcast", first, 1, 2))
                    .allMatch(unknown -> unknown.contains(one.id()));
            assertThat(waiting.join()).isEqualTo(new MessageId(node.self(), 1));
            assertThat(one.delivered().toCompletableFuture()).isCompletedExceptionally();
            expect("start", "stop", "start", "open");
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void noHandlerOfTheFormerIncarnationRunsBesideOneOfTheNext() throws Exception {
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Node node = built(alone().configure("uniform-reliable-broadcast", Map.of("deliver-on", "thread")))) {
            expect("start");
            Channel channel = node.service(UniformReliableBroadcast.class).channel("a");
            channel.onDeliver(delivery -> {
                inHandler.countDown();
                awaitDeafly(goOn);
                heard.add(delivery.text());
            });
            node.start().join();
            channel.broadcast("one");
            inHandler.await();

            ender.endIncarnation();
            ended.take();
            assertThat(channel.tryBroadcast("between".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isFalse();
            expect("stop");
            assertThat(heard).isEmpty();
            goOn.countDown();

            expect("one", "start");
            channel.broadcast("two");
            expect("two");
        }
    }

    /** As a handler does that pays no heed to interruption. */
    private static void awaitDeafly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNodeWhoseNextIncarnationCannotBeginHasFailed() throws Exception {
        Node node = built(alone());
        Channel channel = node.service(UniformReliableBroadcast.class).channel("a");
        node.start().join();
        ender.onStart = () -> {
            throw new IllegalStateException("not again");
        };

        ender.endIncarnation();

        assertThatThrownBy(() -> node.whenStopped().join())
                .cause()
                .isInstanceOf(NodeFailedException.class)
                .hasMessageContaining("ender cannot start", "not again");
        assertThatThrownBy(() -> channel.broadcast("one")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> channel.tryBroadcast(new byte[0])).isInstanceOf(IllegalStateException.class);
        node.close();
    }

    @Test
    void aNodeThatIsClosedBetweenTwoIncarnationsStopsInPeace() throws Exception {
        Node node = built(alone());
        node.start().join();
        CountDownLatch between = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        node.onIncarnationEnded(end -> {
            between.countDown();
            awaitDeafly(closing);
        });

        ender.endIncarnation();
        between.await();
        Thread closer = new Thread(node::close, "closer");
        closer.start();
        awaitEndOrWaiting(closer);
        closing.countDown();

        node.whenStopped().join();
        closer.join();
        assertThat(heard).containsExactly("start", "stop");
    }

    private static void awaitEndOrWaiting(Thread thread) {
        while (thread.isAlive()
                && thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
