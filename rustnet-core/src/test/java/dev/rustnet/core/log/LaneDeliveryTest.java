package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.broadcast.WindowFullException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries on a thread apart from the loop, whose tasks run when the test says so. */
class LaneDeliveryTest {
    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    @BeforeEach
    void deliverOnAThread() {
        mesh.deliverOn = BroadcastLogs.DeliverOn.THREAD;
    }

    @Test
    void handlersAreCalledInOrderWhenTheLaneGetsToThem() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        for (int k = 1; k <= 5; k++) {
            processes[0].channel.broadcast("m" + k);
        }
        mesh.run(500);
        assertThat(processes[1].delivered).isEmpty();

        processes[1].lane.run(3);

        assertThat(processes[1].delivered).containsExactly("first:m1", "first:m2", "first:m3");
        processes[1].lane.run(2);
        assertThat(processes[1].delivered).hasSize(5).endsWith("first:m4", "first:m5");
    }

    @Test
    void onlyWhatHandlersHaveReturnedFromGivesCredit() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        mesh.run(500);
        for (int k = 1; k <= 8; k++) {
            processes[0].channel.broadcast("m" + k);
        }
        mesh.run(500);
        processes[0].lane.run(8);
        processes[1].lane.run(8);
        mesh.run(500);
        assertThat(processes[0].channel.tryBroadcast(new byte[1])).isFalse();

        processes[2].lane.run(3);
        mesh.run(500);

        for (int k = 1; k <= 3; k++) {
            assertThat(processes[0].channel.tryBroadcast(new byte[1])).isTrue();
        }
        assertThat(processes[0].channel.tryBroadcast(new byte[1])).isFalse();
        assertThat(processes[2].counters.snapshot()).containsEntry("flood.delivered", 3L);
    }

    @Test
    void aMessageIsDeliveredForItsSourceWhenTheOwnHandlerHasReturned() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        List<String> seen = new ArrayList<>();
        Tracked tracked = processes[0].channel.broadcastTracked(new byte[3]);
        tracked.delivered().thenAccept(id -> seen.add("delivered " + id));
        mesh.run(10);
        assertThat(seen).isEmpty();

        processes[0].lane.run(1);
        mesh.run(1);

        assertThat(seen).containsExactly("delivered first#1");
    }

    @Test
    void copiesOfAFewMessagesAreUnderWayAndTheRestWaitsInTheLog() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        for (int k = 1; k <= 600; k++) {
            processes[0].channel.broadcast("m" + k);
        }
        mesh.run(500);
        assertThat(processes[1].lane.waiting()).isEqualTo(256);

        while (processes[1].lane.waiting() > 0) {
            processes[1].lane.run(processes[1].lane.waiting());
            mesh.run(2);
        }

        assertThat(processes[1].delivered).hasSize(600).endsWith("first:m600");
    }

    @Test
    void whatFailsIsCountedAndTheNextMessageIsDelivered() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        List<String> seen = new ArrayList<>();
        processes[0].channel.typed(String.class).onDeliver((text, delivery) -> {
            seen.add(text);
            if (text.equals("two")) {
                throw new IllegalStateException("handler");
            }
        });
        for (String text : List.of("!one", "two", "three")) {
            processes[0].channel.broadcast(text);
        }
        mesh.run(5);

        processes[0].lane.run(3);
        mesh.run(5);

        assertThat(seen).containsExactly("two", "three");
        assertThat(processes[0].counters.snapshot())
                .containsEntry("flood.dropped.undecodable", 1L)
                .containsEntry("flood.handler-failed", 1L)
                .containsEntry("flood.delivered", 1L);
        assertThat(processes[0].deadLetters.list())
                .extracting(DeadLetter::firstBytes)
                .containsExactly("216f6e65");
    }

    @Test
    void aDeliveryIsOverWhenTheHandlerReturns() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        List<Delivery> kept = new ArrayList<>();
        processes[0].channel.onDeliver(kept::add);
        processes[0].channel.broadcast("hello");
        mesh.run(1);
        processes[0].lane.run(1);

        assertThatThrownBy(() -> kept.get(0).text()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHandlerThatBroadcastsIntoAFullWindowIsToldSoInsteadOfWaitingForItself() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 2));
        List<Throwable> thrown = new ArrayList<>();
        processes[0].channel.onDeliver(delivery -> {
            try {
                processes[0].channel.broadcast("more");
            } catch (WindowFullException e) {
                thrown.add(e);
            }
        });
        processes[0].channel.broadcast("one");
        processes[0].channel.broadcast("two");
        mesh.run(5);

        processes[0].lane.run(1);

        assertThat(thrown).hasSize(1);
    }

    @Test
    void afterTheEndNoHandlerIsCalled() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        processes[0].channel.broadcast("one");
        mesh.run(5);
        assertThat(processes[0].logs.drained()).isFalse();

        processes[0].logs.close();
        processes[0].lane.run(1);
        mesh.run(5);

        assertThat(processes[0].delivered).isEmpty();
    }
}
