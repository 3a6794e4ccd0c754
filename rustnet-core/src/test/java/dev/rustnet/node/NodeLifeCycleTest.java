package dev.rustnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.bus.Topic;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NodeLifeCycleTest {
    private static final Topic<String> NEWS = Topic.of("test.news", String.class);

    private final HandDrivenWorld world = new HandDrivenWorld();
    private final List<String> events = new ArrayList<>();

    @Test
    void componentsStartAfterWhatTheyRequireAndStopInReverse() {
        Node node = node().component(
                        recording(ComponentDescriptor.named("a-user").requires(BestEffortBroadcast.class)))
                .component(recording(ComponentDescriptor.named("b-broadcast").provides(BestEffortBroadcast.class)))
                .build();

        assertThat(events).containsExactly("start b-broadcast", "start a-user");
        assertThat(node.plan().order())
                .extracting(StartPlan.Step::name)
                .containsExactly("b-broadcast", "a-user", "fixed-membership");
        start(node);
        world.turn(1);
        node.close();
        world.turn(1000);

        assertThat(events).endsWith("stop a-user", "stop b-broadcast");
        assertThat(node.whenStopped()).isCompleted();
        assertThat(world.closed).isTrue();
    }

    @Test
    void afterAFailureHalfWayThoseThatWereStartedStopInReverse() {
        NodeBuilder node = node().component(recording(ComponentDescriptor.named("a-first")))
                .component(recording(ComponentDescriptor.named("b-second")))
                .component(ScriptedComponent.of(ComponentDescriptor.named("c-third"))
                        .onStart(context -> {
                            context.sink("c.log");
                            throw new IllegalStateException("no");
                        })
                        .onStop(() -> events.add("stop c-third")))
                .component(recording(ComponentDescriptor.named("d-fourth")));

        assertThatThrownBy(node::build).isInstanceOf(StartException.class).hasMessageContaining("c-third");

        assertThat(events).containsExactly("start a-first", "start b-second", "stop b-second", "stop a-first");
        assertThat(world.logged).contains("closed c.log");
        assertThat(world.closed).isTrue();
        assertThat(world.opened).isFalse();
    }

    @Test
    void aComponentThatThrowsInStopDoesNotKeepTheOthersFromStopping() {
        Node node = node().component(recording(ComponentDescriptor.named("a-first")))
                .component(ScriptedComponent.of(ComponentDescriptor.named("b-second"))
                        .onStop(() -> {
                            throw new IllegalStateException("will not");
                        }))
                .component(recording(ComponentDescriptor.named("c-third")))
                .build();

        node.close();

        assertThat(events).endsWith("stop c-third", "stop a-first");
        assertThat(world.logged).anyMatch(line -> line.contains("RN-051 b-second threw"));
        assertThat(node.whenStopped()).isCompleted();
    }

    @Test
    void aComponentThatThrowsInAHandlerStopsTheNodeAsFailed() {
        Node node = started(node().component(recording(ComponentDescriptor.named("a-first")))
                .component(faulty()));

        world.turn(100);

        assertThat(events).endsWith("stop a-first");
        assertThat(world.closed).isTrue();
        assertThatThrownBy(() -> node.whenStopped().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(NodeFailedException.class)
                .hasMessageContaining("RN-050 faulty threw java.lang.IllegalStateException: every time");
    }

    @Test
    void orIsReportedOnceAndCountedWhenTheConfigurationSaysSo() {
        Node node = started(node().component(faulty()).set("rustnet.node.on-component-failure", "continue"));

        world.turn(100);

        assertThat(node.whenStopped()).isNotDone();
        assertThat(world.logged).filteredOn(line -> line.contains("RN-050")).hasSize(1);
        assertThat(node.counters()).hasEntrySatisfying("faulty.failures", count -> assertThat(count)
                .isGreaterThan(3));
    }

    @Test
    void aTopicSubscriberThatThrowsIsReportedUnderItsComponent() {
        Node node = started(node().set("rustnet.node.on-component-failure", "continue")
                .component(ScriptedComponent.of(ComponentDescriptor.named("subscriber"))
                        .onStart(context -> context.topics().subscribe(NEWS, notice -> {
                            throw new IllegalStateException("no news");
                        }))));

        node.topics().publish(NEWS, "news");
        world.turn(2);

        assertThat(node.counters()).containsEntry("subscriber.failures", 1L);
    }

    @Test
    void aComponentCanEndTheNodeWithASentence() {
        AtomicReference<ComponentContext> context = new AtomicReference<>();
        Node node = started(node().component(ScriptedComponent.of(ComponentDescriptor.named("excluded"))
                .onStart(context::set)));

        context.get().fail("the others count this process as crashed");
        world.turn(2);

        assertThatThrownBy(() -> node.whenStopped().join())
                .hasMessageContaining("RN-052 ")
                .hasMessageContaining("excluded: the others count this process as crashed");
    }

    @Test
    void servicesAnswerOnceBuilt() {
        Node node = node().build();

        assertThat(node.service(GroupMembership.class).view().size()).isEqualTo(1);
        assertThat(node.findService(FailureDetector.class)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.service(FailureDetector.class))
                .withMessage("no component of this node provides FailureDetector; there is GroupMembership");
    }

    @Test
    void aNodeAloneHasJoinedOnceItTurns() {
        Node node = node().build();
        assertThat(node.whenJoined()).isNotDone();

        start(node);
        assertThat(world.opened).isTrue();
        world.turn(1);

        assertThat(node.whenJoined()).isCompleted();
    }

    @Test
    void aSendToOneselfArrives() {
        Node node = node().build();
        node.onReceive((from, message) ->
                events.add(from + " " + new String(message, java.nio.charset.StandardCharsets.UTF_8)));
        start(node);
        world.turn(1);

        node.execute(() -> node.send("first", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        world.turn(5);

        assertThat(events).containsExactly("first hello");
        assertThatIllegalArgumentException().isThrownBy(() -> node.send("nobody", new byte[1]));
        assertThatIllegalArgumentException().isThrownBy(() -> node.send("first", new byte[2 << 20]));
    }

    @Test
    void aReceiverThatThrowsIsReportedAndTheNodeGoesOn() {
        Node node = node().build();
        node.onReceive((from, message) -> {
            throw new IllegalStateException("not mine");
        });
        start(node);
        world.turn(1);

        node.execute(() -> node.send("first", new byte[1]));
        world.turn(5);

        assertThat(node.counters()).containsEntry("application.failures", 1L);
        assertThat(world.logged).anyMatch(line -> line.contains("RN-053 "));
        assertThat(node.whenStopped()).isNotDone();
    }

    @Test
    void aNodeIsStartedOnceAndNotAfterItWasClosed() {
        Node node = node().build();
        start(node);
        assertThatIllegalStateException().isThrownBy(node::start);

        Node closed = node().build();
        closed.close();
        closed.close();
        assertThatIllegalStateException().isThrownBy(closed::start);
        assertThatIllegalStateException().isThrownBy(() -> closed.execute(() -> {}));
        assertThatIllegalStateException().isThrownBy(() -> closed.send("first", new byte[1]));
    }

    @Test
    void onlyStartMayProvideAndOnlyWhatWasDeclared() {
        AtomicReference<ComponentContext> context = new AtomicReference<>();
        node().component(ScriptedComponent.of(ComponentDescriptor.named("late")).onStart(context::set))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> context.get().provide(BestEffortBroadcast.class, name -> null))
                .withMessageContaining("after its start");
        assertThatIllegalStateException()
                .isThrownBy(() -> context.get().require(GroupMembership.class))
                .withMessageContaining("add .requires(GroupMembership.class)");
        assertThatIllegalStateException()
                .isThrownBy(() -> context.get().find(GroupMembership.class))
                .withMessageContaining("add .requiresOptional(GroupMembership.class)");
    }

    @Test
    void aPlanStartsNothing() {
        StartPlan plan = node().component(recording(ComponentDescriptor.named("a-first")))
                .configure("a-first", java.util.Map.of("enabled", false))
                .plan();

        assertThat(plan.order()).extracting(StartPlan.Step::name).containsExactly("fixed-membership");
        assertThat(plan.left())
                .extracting(StartPlan.Left::name, StartPlan.Left::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("a-first", "disabled at NodeBuilder.configure"));
        assertThat(events).isEmpty();
        assertThat(world.closed).isTrue();
    }

    @Test
    void aReceiverIsSetOnceAndBeforeTheStart() {
        Node node = node().build();
        node.onReceive((from, message) -> {});

        assertThatIllegalStateException()
                .isThrownBy(() -> node.onReceive((from, message) -> {}))
                .withMessage("a node has one receiver, and it is set already");
        Node running = started(node());
        assertThatIllegalStateException()
                .isThrownBy(() -> running.onReceive((from, message) -> {}))
                .withMessage("a receiver is set before the node is started");
    }

    private NodeBuilder node() {
        return Node.builder("first")
                .peers("first@127.0.0.1:8888")
                .discover(false)
                .environment(world)
                .component(new FixedMembershipComponent());
    }

    /** Nothing runs before the test turns the loop. */
    private static void start(Node node) {
        assertThat(node.start()).isNotDone();
    }

    private Node started(NodeBuilder builder) {
        Node node = builder.build();
        start(node);
        world.turn(1);
        return node;
    }

    private static ScriptedComponent faulty() {
        return ScriptedComponent.of(ComponentDescriptor.named("faulty"))
                .onStart(context -> context.timers().every(Duration.ofMillis(5), () -> {
                    throw new IllegalStateException("every time");
                }));
    }

    private ScriptedComponent recording(ComponentDescriptor.Builder descriptor) {
        ComponentDescriptor built = descriptor.build();
        return ScriptedComponent.of(descriptor)
                .onStart(context -> {
                    events.add("start " + built.name());
                    if (built.provides().contains(BestEffortBroadcast.class)) {
                        context.provide(BestEffortBroadcast.class, name -> null);
                    }
                })
                .onStop(() -> events.add("stop " + built.name()));
    }
}
