package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateReader;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.group.View;
import dev.rustnet.link.MessageHandler;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.testkit.fake.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two members at the cut and a joiner, by hand: who asks whom, who waits for whom, and what ends it. */
class StateHandoverTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final Group group = new Group(List.of(
            new Group.Member("p1", "a"),
            new Group.Member("p2", "b"),
            new Group.Member("p3", "c"),
            new Group.Member("p4", "d")));
    private final Map<String, Member> members = new TreeMap<>();
    private final Member p1 = new Member("p1");
    private final Member p2 = new Member("p2");
    private final Member p3 = new Member("p3");
    private final Member p4 = new Member("p4");
    private final List<ProcessId> before = List.of(p1.id, p2.id);
    private final Proposal joins3 = joins(p3);

    private Proposal joins(Member... joiners) {
        List<ProcessId> next = new ArrayList<>(before);
        for (Member joiner : joiners) {
            next.add(joiner.id);
        }
        return new Proposal(before, new View(1, before).next(next), new TreeMap<>());
    }

    /** One process, with links that a test empties, and the others as it sees them. */
    private final class Member implements PerfectLinks, StateHandover.Surroundings, StateHandover.Reports {
        private final ProcessId id;
        private final StateHandover handover;
        private final ArrayDeque<Runnable> sent = new ArrayDeque<>();
        private final List<Runnable> waitForRoom = new ArrayList<>();
        private final Set<ProcessId> suspected = new HashSet<>();
        private final Map<ProcessId, Long> installed = new HashMap<>();
        private final List<String> reports = new ArrayList<>();
        private @Nullable MessageHandler handler;
        private @Nullable Proposal agreed;
        private int room = 1_000;
        private boolean member;
        private int news;

        Member(String name) {
            id = new ProcessId(name, 5);
            members.put(name, this);
            handover = new StateHandover(group, id, this, time, time, TIMEOUT, this, this);
            member = name.equals("p1") || name.equals("p2");
        }

        /** What was sent arrives. */
        void deliver() {
            for (int left = sent.size(); left > 0; left--) {
                sent.remove().run();
            }
            List<Runnable> actions = List.copyOf(waitForRoom);
            waitForRoom.clear();
            actions.forEach(Runnable::run);
        }

        @Override
        public void onReceive(MessageHandler newHandler) {
            handler = newHandler;
        }

        @Override
        public boolean trySend(ProcessId to, ByteBuffer message) {
            if (sent.size() >= room) {
                return false;
            }
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            MessageHandler there = members.get(to.name()).handler;
            sent.add(() -> {
                if (there != null) {
                    there.receive(id, ByteBuffer.wrap(bytes));
                }
            });
            return true;
        }

        @Override
        public <T> @Nullable T header(HeaderKey<T> key) {
            return null;
        }

        @Override
        public void onWindowOpen(Runnable action) {
            waitForRoom.add(action);
        }

        @Override
        public boolean expects(ProcessId joiner) {
            return !suspected.contains(joiner);
        }

        @Override
        public boolean suspects(ProcessId process) {
            return suspected.contains(process);
        }

        @Override
        public long installed(ProcessId process) {
            return installed.getOrDefault(process, 0L);
        }

        @Override
        public boolean isMember() {
            return member;
        }

        @Override
        public void agreed(Proposal next) {
            agreed = next;
        }

        @Override
        public void news() {
            news++;
        }

        @Override
        public void handedOver(ProcessId joiner, long view, long bytes, long nanos) {
            reports.add("handed over to " + joiner);
        }

        @Override
        public void gaveUp(ProcessId joiner, long view, String why) {
            reports.add("gave up " + joiner + ": " + why);
        }

        @Override
        public void writerFailed(ProcessId joiner, String state, Throwable cause) {
            reports.add("writer of " + state + " failed: " + cause.getMessage());
        }

        @Override
        public void taken(ProcessId from, long view, long bytes) {
            reports.add("taken from " + from);
        }

        @Override
        public void nothingToTake(long view, Iterable<String> states) {
            reports.add("nothing to take");
        }

        @Override
        public void unknownStates(ProcessId from, Iterable<String> states) {
            reports.add("unknown: " + String.join(",", states));
        }

        @Override
        public void abandonFailed(Throwable cause) {
            reports.add("abandoning failed");
        }

        @Override
        public void malformed(ProcessId from) {
            reports.add("malformed from " + from);
        }

        @Override
        public void ended(long view, String why) {
            reports.add("ended: " + why);
        }

        @Override
        public void readerFailed(String state, long view, Throwable cause) {
            reports.add("reader of " + state + " failed: " + cause.getMessage());
        }
    }

    /** Numbered chunks of one byte. */
    private static final class Numbers implements StateTransfer {
        private final List<Integer> given = new ArrayList<>();
        private final List<List<Integer>> readers = new ArrayList<>();
        private final int count;
        private int completed;
        private int abandoned;
        private int failsAt = -1;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        public Iterator<byte[]> writeState() {
            return IntStream.range(0, count)
                    .mapToObj(number -> {
                        if (number == failsAt) {
                            throw new IllegalStateException("broken");
                        }
                        given.add(number);
                        return new byte[] {(byte) number};
                    })
                    .iterator();
        }

        @Override
        public StateReader readState() {
            List<Integer> read = new ArrayList<>();
            readers.add(read);
            return new StateReader() {
                @Override
                public void read(byte[] chunk) {
                    if (chunk[0] == failsAt) {
                        throw new IllegalStateException("unreadable");
                    }
                    read.add((int) chunk[0]);
                }

                @Override
                public void complete() {
                    completed++;
                }

                @Override
                public void abandoned() {
                    abandoned++;
                }
            };
        }
    }

    private static Numbers register(Member member, int count) {
        Numbers state = new Numbers(count);
        member.handover.register("state", state);
        return state;
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private void deliverAll() {
        for (int i = 0; i < 20; i++) {
            members.values().forEach(Member::deliver);
        }
    }

    @Test
    void theJoinerTakesTheStateOfTheFirstMemberAndTheOthersWaitUntilItHasInstalled() {
        Numbers there = register(p1, 20);
        register(p2, 20);
        Numbers here = register(p3, 0);
        assertThat(p1.handover.mayInstall(joins3)).isFalse();
        assertThat(p2.handover.mayInstall(joins3)).isFalse();
        assertThat(p3.handover.mayInstall(joins3)).isFalse();
        deliverAll();
        assertThat(p3.agreed).isNotNull();
        assertThat(p3.handover.mayInstall(joins3)).isFalse();
        deliverAll();

        assertThat(there.given).isEqualTo(upTo(20));
        assertThat(here.readers).containsExactly(upTo(20));
        assertThat(here.completed).isZero();
        assertThat(p3.handover.mayInstall(joins3)).isTrue();
        assertThat(here.completed).isEqualTo(1);
        assertThat(p3.reports).containsExactly("taken from p1");

        assertThat(p1.handover.mayInstall(joins3)).isFalse();
        for (Member member : List.of(p1, p2)) {
            member.installed.put(p3.id, 2L);
            assertThat(member.handover.mayInstall(joins3)).isTrue();
        }
        assertThat(p1.reports).containsExactly("handed over to p3");
        assertThat(p2.reports).isEmpty();
    }

    @Test
    void whoeverHasOfferedFirstIsAskedWithoutWaitingForTheOthers() {
        register(p1, 5);
        register(p2, 5);
        register(p3, 0);
        p2.handover.mayInstall(joins3);
        deliverAll();

        p3.handover.mayInstall(joins3);
        deliverAll();

        assertThat(p3.handover.mayInstall(joins3)).isTrue();
        assertThat(p3.reports).containsExactly("taken from p2");
    }

    @Test
    void whenTheMemberThatSendsIsSuspectedTheNextSendsAllAndLateChunksCountForNothing() {
        register(p1, 50);
        Numbers there = register(p2, 50);
        Numbers here = register(p3, 0);
        p1.handover.mayInstall(joins3);
        p2.handover.mayInstall(joins3);
        p1.deliver();
        p3.handover.mayInstall(joins3);
        p3.deliver(); // its request
        p1.room = 10;
        assertThat(p1.sent).isNotEmpty();
        p3.suspected.add(p1.id);
        p3.handover.mayInstall(joins3);
        p2.deliver();
        p3.handover.mayInstall(joins3);
        deliverAll();

        assertThat(here.abandoned).isEqualTo(1);
        assertThat(here.readers.get(0)).isEmpty();
        assertThat(here.readers.get(1)).isEqualTo(upTo(50));
        assertThat(there.given).isEqualTo(upTo(50));
        assertThat(p3.handover.mayInstall(joins3)).isTrue();
        assertThat(p3.reports).containsExactly("taken from p2");
    }

    @Test
    void whoWasSuspectedForAMomentIsAskedAgain() {
        register(p1, 5);
        Numbers here = register(p3, 0);
        p1.handover.mayInstall(joins3);
        p1.deliver();
        p3.handover.mayInstall(joins3);
        p3.suspected.add(p1.id);
        p3.handover.mayInstall(joins3);
        p3.suspected.clear();
        p3.handover.mayInstall(joins3);
        deliverAll();

        assertThat(here.readers).hasSize(2);
        assertThat(here.readers.get(0)).isEmpty();
        assertThat(here.readers.get(1)).isEqualTo(upTo(5));
        assertThat(p3.handover.mayInstall(joins3)).isTrue();
    }

    @Test
    void aMemberWaitsNoLongerThanTheTimeoutAndTellsTheJoinerWhichEnds() {
        register(p1, 5);
        register(p2, 5);
        register(p3, 0);
        p1.handover.mayInstall(joins3);
        p2.handover.mayInstall(joins3);
        p3.room = 0;
        deliverAll();
        time.advance(TIMEOUT.minusNanos(1));
        assertThat(p1.handover.mayInstall(joins3)).isFalse();
        time.advance(Duration.ofNanos(1));

        assertThat(p1.handover.mayInstall(joins3)).isTrue();
        assertThat(p1.reports).hasSize(1);
        assertThat(p1.reports.get(0)).contains("gave up p3", "30.0 s", "state-timeout");
        p1.deliver();
        p3.handover.mayInstall(joins3);
        assertThat(p3.reports).noneMatch(report -> report.contains("no member gives"));
        p2.handover.mayInstall(joins3);
        p2.deliver();
        p3.handover.mayInstall(joins3);
        assertThat(p3.reports.toString()).contains("ended: ");
        assertThat(p3.handover.mayInstall(joins3)).isFalse();
    }

    @Test
    void aJoinerThatNobodyGivesTheStateEndsByItself() {
        register(p3, 0);
        p3.handover.mayInstall(joins3);
        time.advance(TIMEOUT);
        p3.handover.mayInstall(joins3);
        p3.handover.mayInstall(joins3);

        assertThat(p3.reports).hasSize(1);
        assertThat(p3.reports.get(0)).contains("ended: ", "state-timeout");
    }

    @Test
    void aJoinerThatIsSuspectedHoldsUpNobodyAndIsToldWhenItIsThereAfterAll() {
        register(p1, 5);
        register(p3, 0);
        p1.handover.mayInstall(joins3);
        p1.suspected.add(p3.id);

        assertThat(p1.handover.mayInstall(joins3)).isTrue();
        deliverAll();
        p3.suspected.add(p2.id);
        p3.handover.mayInstall(joins3);
        assertThat(p3.reports.toString()).contains("ended: no member gives it the state any more", "it was suspected");
    }

    @Test
    void aWriterThatFailsMakesItsMemberGoOnAndTheNextGiveIt() {
        register(p1, 50).failsAt = 25;
        register(p2, 50);
        Numbers here = register(p3, 0);
        p1.handover.mayInstall(joins3);
        deliverAll();
        p3.handover.mayInstall(joins3);
        deliverAll();

        assertThat(p1.reports).containsExactly("writer of state failed: broken");
        assertThat(p1.handover.mayInstall(joins3)).isTrue();
        deliverAll();
        assertThat(p3.handover.mayInstall(joins3)).isFalse(); // it hopes for p2, which has said nothing yet
        assertThat(here.abandoned).isEqualTo(1);
        p2.handover.mayInstall(joins3);
        deliverAll();
        p3.handover.mayInstall(joins3);
        deliverAll();
        assertThat(p3.handover.mayInstall(joins3)).isTrue();
        assertThat(p3.reports).containsExactly("taken from p2");
    }

    @Test
    void aReaderThatFailsEndsTheJoiner() {
        register(p1, 5);
        register(p3, 0).failsAt = 3;
        p1.handover.mayInstall(joins3);
        deliverAll();
        p3.handover.mayInstall(joins3);
        deliverAll();

        assertThat(p3.reports).containsExactly("reader of state failed: unreadable");
        assertThat(p3.handover.mayInstall(joins3)).isFalse();
    }

    @Test
    void noMoreIsPulledThanTheJoinerReadsAndTheLinkTakes() {
        Numbers there = register(p1, 100_000);
        register(p3, 0);
        p1.handover.mayInstall(joins3);
        deliverAll();
        p3.handover.mayInstall(joins3);
        p3.deliver();
        time.advance(Duration.ofSeconds(1)); // further turns

        int bound = (int) (OutgoingState.UNDER_WAY / StateMessage.Part.weight(1)) + 1;
        assertThat(there.given).hasSize(1_001); // the link has room for 1,000, and one is pulled
        p1.room = 100_000;
        p1.waitForRoom.forEach(Runnable::run);
        time.advance(Duration.ofSeconds(1));
        assertThat(there.given).hasSize(bound);
    }

    @Test
    void whoHasNothingRegisteredGoesOnAtOnceAndSaysSo() {
        register(p3, 0);

        assertThat(p1.handover.mayInstall(joins3)).isTrue();
        assertThat(p3.handover.mayInstall(joins3)).isFalse();
        deliverAll();
        assertThat(p3.handover.mayInstall(joins3)).isFalse();
        assertThat(p2.handover.mayInstall(joins3)).isTrue();
        deliverAll();
        assertThat(p3.handover.mayInstall(joins3)).isTrue();
        assertThat(p3.reports).containsExactly("nothing to take");
    }

    @Test
    void aMemberWithoutItIsNotTakenForTheGroup() {
        register(p2, 5);
        register(p3, 0);
        p1.handover.mayInstall(joins3);
        p3.suspected.add(p2.id);
        deliverAll();

        assertThat(p3.handover.mayInstall(joins3)).isFalse();
        p3.suspected.clear();
        p2.handover.mayInstall(joins3);
        deliverAll();
        p3.handover.mayInstall(joins3);
        deliverAll();
        assertThat(p3.handover.mayInstall(joins3)).isTrue();
        assertThat(p3.reports).containsExactly("taken from p2");
    }

    @Test
    void twoJoinersAreGivenItAtOnceAndEachIsWaitedFor() {
        Numbers there = register(p1, 5);
        register(p3, 0);
        register(p4, 0);
        Proposal both = joins(p3, p4);
        p1.handover.mayInstall(both);
        deliverAll();
        p3.handover.mayInstall(both);
        p4.handover.mayInstall(both);
        deliverAll();

        assertThat(there.given).hasSize(10);
        assertThat(p3.handover.mayInstall(both)).isTrue();
        assertThat(p4.handover.mayInstall(both)).isTrue();
        p1.installed.put(p3.id, 2L);
        assertThat(p1.handover.mayInstall(both)).isFalse();
        assertThat(p1.handover.awaited()).containsOnlyKeys(p4.id);
        p1.installed.put(p4.id, 2L);
        assertThat(p1.handover.mayInstall(both)).isTrue();
    }

    /** Its window is full at first. */
    @Test
    void whatMustArriveWaitsForRoom() {
        register(p1, 5);
        Numbers here = register(p3, 0);
        p1.room = 0;
        p1.handover.mayInstall(joins3);
        p1.room = 1;
        p3.handover.mayInstall(joins3);
        for (int i = 0; i < 10; i++) {
            deliverAll();
            p3.handover.mayInstall(joins3);
        }

        assertThat(here.readers).containsExactly(upTo(5));
        assertThat(here.completed).isEqualTo(1);
    }

    @Test
    void theFirstViewAndViewsWithoutJoinersWaitForNothing() {
        register(p1, 5);

        assertThat(p1.handover.mayInstall(joins())).isTrue();
        assertThat(p1.handover.mayInstall(new Proposal(List.of(), new View(1, before), new TreeMap<>())))
                .isTrue();
        assertThat(p1.sent).isEmpty();
    }

    @Test
    void whatIsNoMessageOrFromNobodyWhoMaySayItIsReportedAndDropped() {
        register(p3, 0);
        StateCodec codec = new StateCodec(group);
        MessageHandler handler = p3.handler;
        assertThat(handler).isNotNull();
        handler.receive(p1.id, ByteBuffer.allocate(0));
        handler.receive(p1.id, ByteBuffer.wrap(new byte[] {9, 9, 9}));
        ByteBuffer offer = codec.write(new StateMessage.Offer(joins3, new TreeSet<>()));
        handler.receive(p4.id, offer.duplicate());
        handler.receive(
                p1.id,
                ByteBuffer.wrap(new byte[offer.remaining() + 1])
                        .put(offer.duplicate())
                        .rewind());

        assertThat(p3.reports)
                .containsExactly("malformed from p1", "malformed from p1", "malformed from p4", "malformed from p1");
        assertThat(p3.agreed).isNull();
        assertThat(p3.news).isZero();
    }
}
