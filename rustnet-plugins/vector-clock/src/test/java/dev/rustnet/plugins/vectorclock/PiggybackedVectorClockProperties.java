package dev.rustnet.plugins.vectorclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BroadcastHeader.Scope;
import dev.rustnet.clock.VectorTimestamp;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PiggybackedVectorClockProperties {
    private static final int PROCESSES = 3;
    private static final Group GROUP = new Group(List.of(
            new Group.Member("p0", "host:1"), new Group.Member("p1", "host:2"), new Group.Member("p2", "host:3")));
    private static final View VIEW =
            new View(1, List.of(new ProcessId("p0", 1), new ProcessId("p1", 1), new ProcessId("p2", 1)));

    private record Event(VectorTimestamp time, BitSet past) {}

    private record Sent(ByteBuffer header, VectorTimestamp time, BitSet past) {}

    private static ProcessId process(int number) {
        return new ProcessId("p" + number, 1);
    }

    private static PiggybackedVectorClock clock(int number) {
        PiggybackedVectorClock clock =
                new PiggybackedVectorClock(GROUP, process(number), PiggybackedVectorClock.NOBODY);
        clock.viewInstalled(VIEW);
        return clock;
    }

    private static byte[] header(PiggybackedVectorClock clock, Scope scope) {
        ByteBuffer out = ByteBuffer.allocate(clock.maxLength());
        clock.write(scope, out);
        byte[] header = new byte[out.flip().remaining()];
        out.get(header);
        return header;
    }

    /** Each step: a process broadcasts in one of two services, or delivers what is oldest for it of one source in one. */
    @Property
    void oneEventHappenedBeforeAnotherExactlyWhenItsTimeIsBefore(
            @ForAll @Size(max = 60) List<@IntRange(max = 23) Integer> steps) {
        List<PiggybackedVectorClock> clocks = new ArrayList<>();
        List<BitSet> pasts = new ArrayList<>();
        List<Queue<Sent>> queues = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            clocks.add(clock(process));
            pasts.add(new BitSet());
        }
        for (int i = 0; i < 2 * PROCESSES * PROCESSES; i++) {
            queues.add(new ArrayDeque<>());
        }
        List<Event> events = new ArrayList<>();
        for (int step : steps) {
            int service = step % 2;
            int self = step / 2 % PROCESSES;
            int source = step / 2 / PROCESSES;
            Scope scope = new Scope("service" + service, 1, process(source % PROCESSES));
            if (source == PROCESSES) {
                Scope own = new Scope("service" + service, 1, process(self));
                byte[] header = header(clocks.get(self), own);
                happened(events, clocks.get(self).now(), pasts.get(self));
                for (int to = 0; to < PROCESSES; to++) {
                    queue(queues, service, self, to)
                            .add(new Sent(
                                    ByteBuffer.wrap(header), clocks.get(self).now(), (BitSet)
                                            pasts.get(self).clone()));
                }
                continue;
            }
            Sent sent = queue(queues, service, source, self).poll();
            if (sent != null) {
                assertThat(clocks.get(self).read(scope, sent.header)).isEqualTo(sent.time);
                pasts.get(self).or(sent.past);
                happened(events, clocks.get(self).now(), pasts.get(self));
            }
        }
        for (int one = 0; one < events.size(); one++) {
            for (int other = 0; other < events.size(); other++) {
                assertThat(events.get(one).time.before(events.get(other).time))
                        .isEqualTo(events.get(other).past.get(one));
            }
        }
    }

    private static Queue<Sent> queue(List<Queue<Sent>> queues, int service, int source, int to) {
        return queues.get((service * PROCESSES + source) * PROCESSES + to);
    }

    private static void happened(List<Event> events, VectorTimestamp time, BitSet past) {
        events.add(new Event(time, (BitSet) past.clone()));
        past.set(events.size() - 1);
    }

    @Example
    void aSourceThatOnlyBroadcastsAddsThreeBytesToItsFirstMessage() {
        PiggybackedVectorClock clock = clock(1);
        Scope scope = new Scope("orders", 1, process(1));

        header(clock, scope);
        assertThat(header(clock, scope)).containsExactly(3, 1, 1);
    }

    @Example
    void aPointToPointSendCarriesAllOfIt() {
        PiggybackedVectorClock sender = clock(1);
        PiggybackedVectorClock receiver = clock(2);
        Scope scope = new Scope("application", 0, process(1));
        sender.tick();
        header(sender, scope);

        assertThat(receiver.read(scope, ByteBuffer.wrap(header(sender, scope)))).hasToString("{p1:3}");
        assertThat(receiver.now()).hasToString("{p1:3, p2:1}");
    }

    @Example
    void theFirstMessageOfAViewCarriesAllOfItToThoseWhoAreNew() {
        PiggybackedVectorClock sender = clock(1);
        header(sender, new Scope("orders", 1, process(1)));
        PiggybackedVectorClock newcomer = new PiggybackedVectorClock(GROUP, process(2), PiggybackedVectorClock.NOBODY);
        newcomer.viewInstalled(new View(2, VIEW.members()));
        Scope scope = new Scope("orders", 2, process(1));

        assertThat(newcomer.read(scope, ByteBuffer.wrap(header(sender, scope)))).hasToString("{p1:2}");
    }

    @Example
    void whatRestartsInALaterViewIsNeverTakenForWhatRanBefore() {
        PiggybackedVectorClock before = clock(1);
        VectorTimestamp last = before.tick();
        PiggybackedVectorClock restarted = new PiggybackedVectorClock(GROUP, process(1), PiggybackedVectorClock.NOBODY);
        restarted.viewInstalled(new View(3, VIEW.members()));

        assertThat(restarted.tick().time("p1")).isGreaterThan(last.time("p1"));
    }

    @Example
    void aDifferenceToAMessageNeverSeenHasNoTime() {
        PiggybackedVectorClock sender = clock(1);
        Scope scope = new Scope("orders", 1, process(1));
        header(sender, scope);

        assertThat(clock(2).read(scope, ByteBuffer.wrap(header(sender, scope)))).isNull();
    }
}
