package dev.rustnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.Request;
import dev.rustnet.link.RequestFailedException;
import dev.rustnet.link.RequestFailedException.Reason;
import dev.rustnet.link.TypedLinks;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One process that talks to itself: what is the same between two is shown in the simulator. */
class TypedLinksTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    sealed interface Note permits Text, Count {}

    record Text(String text) implements Note {}

    record Count(long number) implements Note {}

    record Price(long cents) {}

    record PriceOf(String item) implements Request<Price> {}

    private final HandDrivenWorld world = new HandDrivenWorld();
    private final List<String> events = new ArrayList<>();
    private final Node node = node().build();
    private final TypedLinks links = node.typedLinks();
    private final ProcessId self = node.self();

    @Test
    void aMessageReachesTheHandlerOfItsClass() {
        links.onReceive(Text.class, (from, text) -> events.add(from.name() + " says " + text.text()));
        links.onReceive(Count.class, (from, number) -> events.add(from.name() + " counts " + number.number()));
        start();

        links.send(self, new Count(7));
        links.send(self, new Text("hello"));
        world.turn(2);

        assertThat(events).containsExactly("first counts 7", "first says hello");
    }

    @Test
    void orOfAnInterfaceAboveIt() {
        links.onReceive(Note.class, (from, note) -> events.add("" + note));
        start();

        links.send(self, new Count(7));
        world.turn(2);

        assertThat(events).containsExactly("Count[number=7]");
    }

    @Test
    void aMessageWithoutAHandlerIsCountedAndReported() {
        start();

        links.send(self, new Count(7));
        world.turn(2);

        assertThat(node.counters()).containsEntry("application.typed.dropped.no-handler", 1L);
        assertThat(world.logged).anyMatch(line -> line.contains("there is no handler for " + Count.class.getName()));
    }

    @Test
    void aReceiverThatThrowsIsReportedAndTheNodeGoesOn() {
        links.onReceive(Count.class, (from, number) -> {
            throw new IllegalStateException("no numbers");
        });
        links.onReceive(Text.class, (from, text) -> events.add(text.text()));
        start();

        links.send(self, new Count(7));
        links.send(self, new Text("hello"));
        world.turn(2);

        assertThat(world.logged)
                .anyMatch(line ->
                        line.contains("RN-053 the application's receiver threw") && line.contains("no numbers"));
        assertThat(events).containsExactly("hello");
    }

    @Test
    void aRequestIsRepliedTo() {
        links.onRequest(
                PriceOf.class, (from, request) -> new Price(request.item().length()));
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(3);

        assertThat(reply).isCompletedWithValue(new Price(5));
        assertThat(node.counters())
                .containsEntry("application.typed.requests", 1L)
                .containsEntry("application.typed.requests.replied", 1L)
                .containsEntry("application.typed.requests.open", 0L);
    }

    @Test
    void alsoByAReplyThatTakesTime() {
        CompletableFuture<Price> later = new CompletableFuture<>();
        links.onRequestAsync(PriceOf.class, (from, request) -> later);
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(10);
        assertThat(reply).isNotDone();
        later.complete(new Price(99));
        world.turn(3);

        assertThat(reply).isCompletedWithValue(new Price(99));
    }

    @Test
    void aRequestWithoutAResponderFailsAtOnce() {
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(3);

        assertFailed(reply, Reason.NO_HANDLER, "first has no responder for " + PriceOf.class.getName());
        assertThat(node.counters()).containsEntry("application.typed.requests.failed", 1L);
    }

    @Test
    void whatAResponderThrowsIsReportedAndToldToWhoAsked() {
        links.onRequest(PriceOf.class, (from, request) -> {
            throw new IllegalStateException("no " + request.item());
        });
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(3);

        assertFailed(reply, Reason.HANDLER_FAILED, "java.lang.IllegalStateException: no apple");
        assertThat(world.logged).anyMatch(line -> line.contains("RN-053 the application's responder threw"));
    }

    @Test
    void soIsWhatItsStageFailsWith() {
        links.onRequestAsync(
                PriceOf.class,
                (from, request) -> CompletableFuture.failedFuture(new IllegalStateException("sold out")));
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(3);

        assertFailed(reply, Reason.HANDLER_FAILED, "sold out");
    }

    @Test
    void aReplyOfNothingIsAFailure() {
        links.onRequest(PriceOf.class, (from, request) -> null);
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(3);

        assertFailed(reply, Reason.HANDLER_FAILED, "must return a reply, not null");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aReplyOfAnotherClassIsAFailure() {
        links.onRequest((Class) PriceOf.class, (from, request) -> new Count(3));
        start();

        CompletableFuture<Price> reply = request("apple", SECOND);
        world.turn(3);

        assertFailed(reply, Reason.WRONG_REPLY, "replied with a " + Count.class.getName());
    }

    @Test
    void withoutAReplyARequestFailsAfterItsTimeoutAndWhatComesThenIsCounted() {
        CompletableFuture<Price> later = new CompletableFuture<>();
        links.onRequestAsync(PriceOf.class, (from, request) -> later);
        start();

        CompletableFuture<Price> reply = request("apple", Duration.ofMillis(20));
        world.turn(19);
        assertThat(reply).isNotDone();
        world.turn(2);
        assertFailed(reply, Reason.TIMEOUT, "within 20ms");
        later.complete(new Price(1));
        world.turn(3);

        assertThat(node.counters()).containsEntry("application.typed.dropped.late-reply", 1L);
    }

    @Test
    void onTheLoopARequestTooManyIsRefusedUntilOneEnds() {
        int most = 16384; // rustnet.link.window-messages
        AtomicInteger opened = new AtomicInteger();
        links.onRequestAsync(PriceOf.class, (from, request) -> new CompletableFuture<>());
        start();
        for (int i = 0; i < most; i++) {
            CompletableFuture<Price> unused = request("apple", Duration.ofMillis(100));
            if (i % 1000 == 0) {
                world.turn(1);
            }
        }

        assertThatThrownBy(() -> request("pear", SECOND))
                .isInstanceOf(WindowFullException.class)
                .hasMessageContaining("16384 requests are open");
        links.onWindowOpen(opened::incrementAndGet);
        assertThat(opened).hasValue(0);
        world.turn(120);
        assertThat(opened).hasValue(1);

        // Nobody has answered yet, so that the other side takes no more.
        CompletableFuture<Price> busy = request("pear", SECOND);
        world.turn(3);
        assertFailed(busy, Reason.BUSY, "first: 16384 requests of first");
    }

    @Test
    void threadsOfTheApplicationAskToo() throws InterruptedException {
        links.onRequest(
                PriceOf.class, (from, request) -> new Price(request.item().length()));
        start();
        List<CompletionStage<Price>> replies = new ArrayList<>();
        Thread asking = new Thread(() -> {
            for (int i = 0; i < 1000; i++) {
                replies.add(links.request(self, new PriceOf("apple"), SECOND));
            }
        });
        asking.start();
        while (asking.isAlive()) {
            world.turn(1);
        }
        asking.join();
        world.turn(20);

        assertThat(replies).hasSize(1000).allSatisfy(reply -> assertThat(reply.toCompletableFuture())
                .isCompletedWithValue(new Price(5)));
    }

    @Test
    void whenTheNodeStopsOpenRequestsFailAndThreadsThatWaitGoOn() throws InterruptedException {
        links.onRequestAsync(PriceOf.class, (from, request) -> new CompletableFuture<>());
        start();
        CompletableFuture<Price> early = request("apple", Duration.ofHours(1));
        List<CompletionStage<Price>> replies = new ArrayList<>();
        Thread asking = new Thread(() -> {
            for (int i = 0; i < 20_000; i++) {
                replies.add(links.request(self, new PriceOf("apple"), Duration.ofHours(1)));
            }
        });
        asking.start();
        while (node.counters().get("application.typed.requests.open") < 16384) {
            world.turn(1);
        }
        node.close();
        world.turn(1000);
        asking.join();

        assertThat(node.whenStopped()).isCompleted();
        assertFailed(early, Reason.STOPPED, "the node has stopped");
        assertThat(replies)
                .hasSize(20_000)
                .allSatisfy(reply -> assertFailed(reply.toCompletableFuture(), Reason.STOPPED, "the node has stopped"));
        assertThatIllegalStateException().isThrownBy(() -> links.send(self, new Count(1)));
    }

    @Test
    void mistakesAreRefusedBeforeAnythingIsSent() {
        record Unknown(int value) {}
        links.onReceive(Text.class, (from, text) -> {});
        links.onRequest(PriceOf.class, (from, request) -> new Price(1));

        assertThatIllegalStateException()
                .isThrownBy(() -> links.onReceive(Text.class, (from, text) -> {}))
                .withMessageContaining("there is a handler for " + Text.class.getName());
        assertThatIllegalStateException()
                .isThrownBy(() -> links.onRequestAsync(PriceOf.class, (from, request) -> new CompletableFuture<>()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.onReceive(Unknown.class, (from, text) -> {}))
                .withMessageContaining("RN-041");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.send(self, new Unknown(1)))
                .withMessageContaining("RN-041");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.send(ProcessId.named("nobody"), new Count(1)))
                .withMessageContaining("\"nobody\" is not a member");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.request(self, new PriceOf("apple"), Duration.ZERO))
                .withMessageContaining("a timeout is positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.request(self, new PriceOf("a".repeat(20 << 20)), SECOND));
    }

    @Test
    @Timeout(60)
    void whoAsksAProcessThatTakesNothingHoldsUpNobodyElse() throws InterruptedException {
        Node three = node().peers("first@127.0.0.1:8888", "second@127.0.0.1:8889", "third@127.0.0.1:8890")
                .set("rustnet.link.window-bytes", "64KiB")
                .build();
        assertThat(three.start()).isNotDone();
        List<CompletableFuture<Price>> toSecond = new ArrayList<>();
        Thread flooding = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                toSecond.add(ask(three, "second", Duration.ofMillis(500)));
            }
        });
        flooding.start();
        while (three.counters().get("application.typed.requests.open") < 6) {
            world.turn(1);
        }

        List<CompletableFuture<Price>> toThird = new ArrayList<>();
        Thread asking = new Thread(() -> toThird.add(ask(three, "third", SECOND)));
        asking.start();
        while (asking.isAlive()) {
            world.turn(1);
        }
        asking.join();
        while (flooding.isAlive()) {
            world.turn(1);
        }
        flooding.join();
        world.turn(2000);

        assertThat(toSecond).hasSize(100).allSatisfy(reply -> assertFailed(reply, Reason.TIMEOUT, "within 500ms"));
        assertFailed(
                toThird.get(0),
                Reason.TIMEOUT,
                "no reply of third to a " + PriceOf.class.getName() + " within 1s; it has not joined");
        assertThat(three.counters()).containsEntry("application.typed.requests.open", 0L);
    }

    private static CompletableFuture<Price> ask(Node node, String whom, Duration timeout) {
        return node.typedLinks()
                .request(ProcessId.named(whom), new PriceOf("a".repeat(20_000)), timeout)
                .toCompletableFuture();
    }

    @Test
    void trySendIsForTheLoop() throws InterruptedException {
        start();
        List<Throwable> thrown = new ArrayList<>();
        Thread other = new Thread(() -> {
            try {
                links.trySend(self, new Count(1));
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });
        other.start();
        other.join();

        assertThat(thrown).singleElement().asString().contains("trySend is for the event loop");
    }

    @Test
    void aTimeoutMayBeForEver() {
        links.onRequest(PriceOf.class, (from, request) -> new Price(1));
        start();

        CompletableFuture<Price> reply = request("apple", ChronoUnit.FOREVER.getDuration());
        world.turn(3);

        assertThat(reply).isCompletedWithValue(new Price(1));
    }

    record Loop(List<Object> itself) {}

    @Test
    void whatIsTooLongOrEndlessIsRefusedInWords() {
        Node other = node().payload("loop", Loop.class).build();
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.typedLinks().send(self, new Text("a".repeat(2 << 20))))
                .withMessageContaining("takes more bytes than rustnet.node.max-message-size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.typedLinks().send(self, new Loop(list)))
                .withMessageContaining("contains itself");
    }

    @Test
    void plainValuesOfTheJdkNeedNoRegistration() {
        links.onReceive(String.class, (from, text) -> events.add(text));
        start();

        links.send(self, "hello");
        world.turn(2);

        assertThat(events).containsExactly("hello");
    }

    @Test
    void aComponentsTypedLinksAreItsOwn() {
        Node other = node().component(ScriptedComponent.of(
                                ComponentDescriptor.named("listener").payload("own", Own.class))
                        .onStart(context -> {
                            context.typedLinks().onReceive(Own.class, (from, own) -> events.add("component " + own));
                            context.timers().after(Duration.ofMillis(5), () -> context.typedLinks()
                                    .trySend(context.self(), new Own(1)));
                        }))
                .build();
        other.typedLinks().onReceive(Own.class, (from, own) -> events.add("application " + own));
        assertThat(other.start()).isNotDone();
        world.turn(3);
        other.typedLinks().send(other.self(), new Own(2));
        world.turn(10);

        assertThat(events).containsExactly("application Own[value=2]", "component Own[value=1]");
    }

    record Own(int value) {}

    @Test
    void aComponentWhoseHandlerThrowsIsToBlame() {
        Node other = node().set("rustnet.node.on-component-failure", "continue")
                .component(
                        ScriptedComponent.of(ComponentDescriptor.named("faulty").payload("own", Own.class))
                                .onStart(context -> {
                                    context.typedLinks().onReceive(Own.class, (from, own) -> {
                                        throw new IllegalStateException("not mine");
                                    });
                                    context.timers().after(Duration.ofMillis(5), () -> context.typedLinks()
                                            .trySend(context.self(), new Own(1)));
                                }))
                .build();
        assertThat(other.start()).isNotDone();
        world.turn(10);

        assertThat(world.logged).anyMatch(line -> line.contains("RN-050 faulty threw"));
        assertThat(other.counters()).containsEntry("faulty.failures", 1L);
    }

    private CompletableFuture<Price> request(String item, Duration timeout) {
        return links.request(self, new PriceOf(item), timeout).toCompletableFuture();
    }

    private static void assertFailed(CompletableFuture<?> reply, Reason reason, String words) {
        assertThat(reply).isCompletedExceptionally();
        assertThatThrownBy(reply::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RequestFailedException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(words);
    }

    private NodeBuilder node() {
        return Node.builder("first")
                .peers("first@127.0.0.1:8888")
                .discover(false)
                .environment(world)
                .payload("text", Text.class)
                .payload("number", Count.class)
                .payload("price", Price.class)
                .payload("price-of", PriceOf.class)
                .component(new FixedMembershipComponent());
    }

    private void start() {
        assertThat(node.start()).isNotDone();
        world.turn(1);
    }
}
