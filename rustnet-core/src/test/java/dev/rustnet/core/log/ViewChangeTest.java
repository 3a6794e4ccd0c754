package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs from one view to the next; the test does what a membership does once it is agreed. */
class ViewChangeTest {
    private static final BroadcastLogs.Window WINDOW = new BroadcastLogs.Window(1 << 20, 1024);
    private static final ProcessId FIRST = new ProcessId("first", 1);
    private static final ProcessId SECOND = new ProcessId("second", 2);
    private static final ProcessId THIRD = new ProcessId("third", 3);

    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    private void start() {
        mesh.start(WINDOW);
        mesh.run(500);
    }

    private static void note(MemoryMesh.Member... members) {
        for (MemoryMesh.Member member : members) {
            member.channel.onView(view -> member.delivered.add("view " + view.number() + " of " + view.size()));
        }
    }

    private static long[] cutOf(MemoryMesh.Member... members) {
        long[] cut = new long[members[0].view().size()];
        for (MemoryMesh.Member member : members) {
            long[] held = member.participant().held();
            Arrays.setAll(cut, source -> Math.max(cut[source], held[source]));
        }
        return cut;
    }

    /** Brings those to the cut of what they hold together. */
    private long[] flush(MemoryMesh.Member... members) {
        Arrays.stream(members).forEach(member -> member.participant().stop());
        long[] cut = cutOf(members);
        for (MemoryMesh.Member member : members) {
            member.participant().expect(cut);
            for (MemoryMesh.Member other : members) {
                if (other != member && other.participant().holds(cut)) {
                    other.participant()
                            .supply(
                                    member.self,
                                    member.view(),
                                    member.participant().held(),
                                    cut);
                }
            }
        }
        mesh.run(50);
        for (MemoryMesh.Member member : members) {
            assertThat(member.participant().holds(cut)).isTrue();
            while (!member.participant().cut(cut)) {
                mesh.run(1);
            }
        }
        return cut;
    }

    private static View view(long number, ProcessId... members) {
        return new View(number, List.of(members));
    }

    @Test
    void whoLacksSomeOfTheCutIsSuppliedAndAllDeliverTheSameBeforeTheNextView() {
        start();
        note(processes);
        mesh.run(5);
        // The third receives nothing more of the first: it has stopped already, and the others have not.
        processes[2].participant().stop();
        processes[0].channel.broadcast("a");
        processes[1].channel.broadcast("b");
        mesh.run(50);
        assertThat(processes[1].delivered).contains("first:a", "second:b");
        assertThat(processes[2].delivered).containsExactly("view 1 of 3");

        long[] cut = flush(processes);
        View next = view(2, FIRST, SECOND, THIRD);
        Arrays.stream(processes).forEach(process -> process.install(next, cut));

        assertThat(cut).containsExactly(1, 1, 0);
        for (MemoryMesh.Member process : processes) {
            assertThat(process.delivered).hasSize(4).startsWith("view 1 of 3").endsWith("view 2 of 3");
            assertThat(process.delivered).contains("first:a", "second:b");
        }
    }

    @Test
    void numbersGoOnAndBroadcastsDuringTheChangeWaitForTheNextView() {
        start();
        Tracked before = processes[0].channel.broadcastTracked("a".getBytes(StandardCharsets.UTF_8));
        mesh.run(50);
        Arrays.stream(processes).forEach(process -> process.participant().stop());

        Tracked during = processes[0].channel.broadcastTracked("b".getBytes(StandardCharsets.UTF_8));
        mesh.run(50);
        assertThat(processes[0].delivered).containsExactly("first:a");

        long[] cut = flush(processes);
        View next = view(2, FIRST, SECOND, THIRD);
        Arrays.stream(processes).forEach(process -> process.install(next, cut));
        mesh.run(50);

        assertThat(before.id().number()).isEqualTo(1);
        assertThat(during.id().number()).isEqualTo(2);
        assertThat(before.stable().toCompletableFuture()).isDone();
        for (MemoryMesh.Member process : processes) {
            assertThat(process.delivered).containsExactly("first:a", "first:b");
        }
    }

    @Test
    void whoInstallsLaterGetsTheMessagesOfTheNextViewOnceItHasInstalledIt() {
        start();
        long[] cut = flush(processes);
        View next = view(2, FIRST, SECOND, THIRD);
        processes[0].install(next, cut);
        processes[1].install(next, cut);

        processes[0].channel.broadcast("a");
        mesh.run(100);
        assertThat(processes[1].delivered).containsExactly("first:a");
        assertThat(processes[2].delivered).isEmpty();

        processes[2].install(next, cut);
        mesh.run(20);
        assertThat(processes[2].delivered).containsExactly("first:a");
    }

    private long[] twoGoOnWhileTheThirdLacksAMessage(View next) {
        processes[2].participant().stop();
        processes[0].channel.broadcast("a");
        mesh.run(50);
        processes[0].participant().stop();
        processes[1].participant().stop();
        long[] cut = cutOf(processes);
        for (MemoryMesh.Member process : List.of(processes[0], processes[1])) {
            assertThat(process.participant().cut(cut)).isTrue();
            process.install(next, cut);
        }
        return cut;
    }

    @Test
    void whoHasInstalledTheNextViewStillSuppliesTheCutOfTheOneBefore() {
        start();
        View next = view(2, FIRST, SECOND, THIRD);
        long[] cut = twoGoOnWhileTheThirdLacksAMessage(next);
        processes[1].channel.broadcast("of the next view");
        mesh.run(50);
        assertThat(processes[2].delivered).isEmpty();

        processes[2].participant().expect(cut);
        processes[1]
                .participant()
                .supply(THIRD, processes[2].view(), processes[2].participant().held(), cut);
        mesh.run(50);

        assertThat(processes[2].participant().holds(cut)).isTrue();
        processes[2].participant().cut(cut);
        mesh.run(5);
        processes[2].install(next, cut);
        mesh.run(50);
        assertThat(processes[2].delivered).containsExactly("first:a", "second:of the next view");
        Arrays.stream(processes).forEach(process -> process.participant().settled());
    }

    @Test
    void aMemberThatLacksSomeOfTheCutIsSuppliedAlsoWhenTheNextChangeHasStoppedTheOthers() {
        start();
        View next = view(2, FIRST, SECOND, THIRD);
        long[] cut = twoGoOnWhileTheThirdLacksAMessage(next);
        processes[0].participant().stop();
        processes[1].participant().stop();

        View before = processes[2].view();
        processes[2].participant().expect(cut);
        processes[1]
                .participant()
                .supply(THIRD, before, processes[2].participant().held(), cut);
        mesh.run(50);

        assertThat(processes[2].participant().holds(cut)).isTrue();
        processes[1].participant().settled();
        while (!processes[2].participant().cut(cut)) {
            mesh.run(1);
        }
        processes[2].install(next, cut);
        flush(processes);
    }

    @Test
    void whatIsBeyondTheCutIsNeverDeliveredAndItsNumberIsUsedAgain() {
        start();
        processes[0].channel.broadcast("a");
        mesh.run(50);
        // A proposal that is not agreed: the third takes in what the next one does not contain.
        processes[1].participant().stop();
        processes[2].participant().stop();
        processes[0].channel.broadcast("lost with its sender");
        mesh.run(50);
        processes[0].participant().stop();
        processes[2].participant().expect(new long[] {2, 0, 0});
        processes[0].participant().supply(THIRD, processes[2].view(), new long[] {1, 0, 0}, new long[] {2, 0, 0});
        mesh.run(50);
        assertThat(processes[2].participant().held()).containsExactly(2, 0, 0);

        long[] agreed = {1, 0, 0};
        View next = view(2, SECOND, THIRD);
        for (MemoryMesh.Member process : List.of(processes[1], processes[2])) {
            assertThat(process.participant().cut(agreed)).isTrue();
            process.install(next, 0, 0);
        }
        processes[1].channel.broadcast("b");
        mesh.run(50);

        assertThat(processes[1].delivered).containsExactly("first:a", "second:b");
        assertThat(processes[2].delivered).containsExactly("first:a", "second:b");
    }

    @Test
    void aJoinerIsOwedNothingOlderThanItsViewAndAcknowledgesFromTheCutOn() {
        mesh.first = List.of("first", "second");
        start();
        processes[0].channel.broadcast("a");
        mesh.run(50);

        long[] cut = flush(processes[0], processes[1]);
        View next = view(2, FIRST, SECOND, THIRD);
        processes[0].install(next, cut[0], cut[1], 0);
        processes[1].install(next, cut[0], cut[1], 0);
        processes[2].install(next, cut[0], cut[1], 0);
        Tracked later = processes[0].channel.broadcastTracked("b".getBytes(StandardCharsets.UTF_8));
        processes[2].channel.broadcast("c");
        mesh.run(50);

        assertThat(cut).containsExactly(1, 0);
        assertThat(processes[2].delivered).containsExactlyInAnyOrder("first:b", "third:c");
        assertThat(processes[1].delivered).containsExactlyInAnyOrder("first:a", "first:b", "third:c");
        assertThat(later.stable().toCompletableFuture()).isDone();
    }

    @Test
    void whatTheFormerSelfOfARestartedProcessAcknowledgedDoesNotCountForIt() {
        start();
        processes[0].channel.broadcast("a");
        mesh.run(50);
        long[] cut = flush(processes[0], processes[1]);
        mesh.network.resetAll();
        MemoryMesh.Member restarted = mesh.restart(2, 33, WINDOW);
        mesh.run(500);

        View next = view(2, FIRST, SECOND, restarted.self);
        processes[0].install(next, cut[0], cut[1], 0);
        processes[1].install(next, cut[0], cut[1], 0);
        Tracked tracked = processes[0].channel.broadcastTracked("b".getBytes(StandardCharsets.UTF_8));
        mesh.run(100);
        assertThat(tracked.stable().toCompletableFuture()).isNotDone();

        restarted.install(next, cut[0], cut[1], 0);
        mesh.run(100);
        assertThat(tracked.stable().toCompletableFuture()).isDone();
        assertThat(restarted.delivered).containsExactly("first:b");
    }

    @Test
    void nothingOfAViewGoesToAnotherIncarnationOfItsMember() {
        start();
        mesh.network.resetAll();
        MemoryMesh.Member restarted = mesh.restart(2, 33, WINDOW);
        processes[0].channel.broadcast("a");
        mesh.run(500);

        assertThat(restarted.counters.snapshot().get("flood.received")).isZero();
        assertThat(restarted.counters.snapshot().get("flood.dropped.later-view"))
                .isZero();
    }

    @Test
    void messagesThatAreNotBoundToAViewGoOnOverItAndJoinersGetThemFromTheirViewOn() {
        mesh.retention = BroadcastLog.Retention.BY_SOURCE;
        mesh.first = List.of("first", "second");
        start();
        processes[0].channel.broadcast("a");
        mesh.run(50);
        processes[0].channel.broadcast("b");

        // The second has not even received it when the views change.
        processes[0].participant().stop();
        processes[1].participant().stop();
        long[] cut = cutOf(processes[0], processes[1]);
        View next = view(2, FIRST, SECOND, THIRD);
        assertThat(processes[1].participant().cut(cut)).isTrue();
        while (!processes[0].participant().cut(cut)) {
            mesh.run(1);
        }
        assertThat(processes[1].delivered).containsExactly("first:a");
        for (MemoryMesh.Member process : processes) {
            process.install(next, cut[0], cut[1], 0);
        }
        processes[0].channel.broadcast("c");
        mesh.run(200);

        assertThat(processes[1].delivered).containsExactly("first:a", "first:b", "first:c");
        assertThat(processes[2].delivered).containsExactly("first:c");
    }

    @Test
    void accountsBalanceOverViews() {
        start();
        for (int i = 0; i < 20; i++) {
            processes[i % 3].channel.broadcast("m" + i);
        }
        mesh.run(1);
        long[] cut = flush(processes[0], processes[1]);
        View next = view(2, FIRST, SECOND);
        processes[0].install(next, cut[0], cut[1]);
        processes[1].install(next, cut[0], cut[1]);
        processes[1].channel.broadcast("of the next view");
        mesh.run(50);

        for (String member : new String[] {"second", "third"}) {
            var counters = processes[0].counters.snapshot();
            String prefix = "flood.to." + member + ".";
            assertThat(counters.get(prefix + "sent"))
                    .isEqualTo(counters.get(prefix + "acknowledged")
                            + counters.get(prefix + "unknown")
                            + counters.get(prefix + "in-flight"));
        }
    }

    @Test
    void viewsComeBetweenTheMessagesAlsoWhereHandlersHaveTheirOwnThread() {
        mesh.deliverOn = BroadcastLogs.DeliverOn.THREAD;
        start();
        note(processes);
        mesh.run(5);
        processes[0].channel.broadcast("a");
        mesh.run(50);
        List<long[]> cuts = new ArrayList<>();
        Arrays.stream(processes).forEach(process -> process.participant().stop());
        cuts.add(cutOf(processes));

        assertThat(processes[1].participant().cut(cuts.get(0))).isFalse(); // its handler has not run yet
        Arrays.stream(processes).forEach(process -> process.lane.run(process.lane.waiting()));
        mesh.run(5);
        Arrays.stream(processes)
                .forEach(process ->
                        assertThat(process.participant().cut(cuts.get(0))).isTrue());
        View next = view(2, FIRST, SECOND, THIRD);
        Arrays.stream(processes).forEach(process -> process.install(next, cuts.get(0)));
        processes[0].channel.broadcast("b");
        mesh.run(50);
        Arrays.stream(processes).forEach(process -> process.lane.run(process.lane.waiting()));

        assertThat(processes[1].delivered).containsExactly("view 1 of 3", "first:a", "view 2 of 3", "first:b");
    }
}
