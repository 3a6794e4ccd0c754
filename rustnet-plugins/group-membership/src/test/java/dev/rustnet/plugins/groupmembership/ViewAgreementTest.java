package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.component.Store;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.testkit.fake.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Agreements that tell each other where they stand, by hand, over a service with the messages of one source. */
class ViewAgreementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final Group group = new Group(List.of(
            new Group.Member("p1", "a"),
            new Group.Member("p2", "b"),
            new Group.Member("p3", "c"),
            new Group.Member("p4", "d"),
            new Group.Member("p5", "e")));
    private final List<Member> processes = new ArrayList<>();
    private final Map<Integer, byte[]> disks = new HashMap<>();
    private ViewAgreement.Quorums quorums = ViewAgreement.Quorums.MAJORITIES;
    private boolean remembering;

    /** Stands where a broadcast service would, and knows of the messages of p1 alone. */
    private final class Service implements ViewParticipant {
        private View view = View.NONE;
        private long held;
        private View settledUpTo = View.NONE;

        @Override
        public String name() {
            return "service";
        }

        @Override
        public void stop() {}

        @Override
        public long[] held() {
            long[] all = new long[view.size()];
            int source = view.rank("p1");
            if (source >= 0) {
                all[source] = held;
            }
            return all;
        }

        @Override
        public void expect(long[] cut) {}

        @Override
        public void expectNothing() {}

        @Override
        public boolean holds(long[] cut) {
            int source = view.rank("p1");
            return source < 0 || held >= cut[source];
        }

        @Override
        public void supply(ProcessId lacking, View ending, long[] theirs, long[] cut) {
            Member to = processes.get(group.rank(lacking.name()).orElseThrow());
            int source = ending.rank("p1");
            if (to.up && source >= 0 && ending.number() >= settledUpTo.number()) {
                to.service.held = Math.max(to.service.held, cut[source]);
            }
        }

        @Override
        public boolean cut(long[] cut) {
            return true;
        }

        @Override
        public void install(View installed, long[] base) {
            view = installed;
        }

        @Override
        public void settled() {
            settledUpTo = view;
        }
    }

    private final class Member implements ViewAgreement.Surroundings, ViewAgreement.Outcome {
        private final ProcessId id;
        private final int rank;
        private final Standings standings;
        private final ViewAgreement agreement;
        private final Service service = new Service();
        private final Set<ProcessId> suspected = new HashSet<>();
        private final Set<ProcessId> gone = new HashSet<>();
        private boolean up = true;

        Member(int rank) {
            this(rank, 1);
        }

        Member(int rank, long incarnation) {
            this.rank = rank;
            id = new ProcessId(group.members().get(rank).name(), incarnation);
            standings = new Standings(group, id, () -> {});
            standings.attach(to -> {});
            agreement = new ViewAgreement(
                    group, id, standings, this, time, PATIENCE.toNanos(), quorums, memory(rank, id), this);
            agreement.participate(service);
        }

        @Override
        public Collection<ProcessId> newcomers() {
            return processes.stream()
                    .filter(other -> other != this && other.up)
                    .map(other -> other.id)
                    .filter(other -> !agreement.view().members().contains(other) && standings.of(other) != null)
                    .toList();
        }

        @Override
        public boolean suspects(ProcessId process) {
            return suspected.contains(process);
        }

        @Override
        public SortedSet<ProcessId> gone(Collection<ProcessId> members) {
            SortedSet<ProcessId> among = new TreeSet<>(members);
            among.retainAll(gone);
            return among;
        }

        @Override
        public boolean cameAndEnded(String name) {
            return gone.stream().anyMatch(process -> process.name().equals(name));
        }

        @Override
        public void installed(View former, Proposal proposal) {}

        @Override
        public void out(View next) {}

        View view() {
            return agreement.view();
        }
    }

    private @Nullable Memory memory(int rank, ProcessId id) {
        if (!remembering) {
            return null;
        }
        Store disk = new Store() {
            @Override
            public Optional<byte[]> read() {
                return Optional.ofNullable(disks.get(rank));
            }

            @Override
            public void replace(byte[] record) {
                disks.put(rank, record);
            }
        };
        return new Memory(disk, group, id, sentence -> {});
    }

    private Member process(int number) {
        return processes.get(number - 1);
    }

    private void start() {
        for (int rank = 0; rank < group.size(); rank++) {
            processes.add(new Member(rank));
        }
        rounds(10);
        assertThat(processes)
                .allSatisfy(process -> assertThat(process.view().size()).isEqualTo(5));
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            tellEachOther();
            processes.stream().filter(process -> process.up).forEach(process -> process.agreement.advance());
        }
    }

    private void tellEachOther() {
        for (Member from : processes) {
            for (Member to : processes) {
                if (from != to && from.up && to.up) {
                    ByteBuffer told = ByteBuffer.allocate(from.standings.maxLength());
                    from.standings.write(to.rank, told);
                    to.standings.read(from.rank, from.id, told.flip());
                }
            }
        }
    }

    /** From now on those take that one for gone, or, again, for alive. */
    private void areGone(boolean yes, int number, int... inTheOpinionOf) {
        for (int other : inTheOpinionOf) {
            ProcessId id = process(number).id;
            for (Set<ProcessId> opinion : List.of(process(other).suspected, process(other).gone)) {
                if (yes) {
                    opinion.add(id);
                } else {
                    opinion.remove(id);
                }
            }
        }
    }

    private static void await(Runnable round, BooleanSupplier end) {
        for (int i = 0; i < 50 && !end.getAsBoolean(); i++) {
            round.run();
        }
        assertThat(end.getAsBoolean()).isTrue();
    }

    @Test
    void whoLeavesIsOutAndTheOthersHoldTheSame() {
        start();
        Arrays.asList(1, 2, 3).forEach(number -> process(number).service.held = 3);

        process(4).agreement.leave();
        rounds(30);

        for (int number : new int[] {1, 2, 3, 5}) {
            assertThat(process(number).view().number()).isEqualTo(2);
            assertThat(process(number).view().size()).isEqualTo(4);
            assertThat(process(number).service.held).isEqualTo(3);
        }
    }

    @Test
    void whoCameBackWithoutTheCutOfAnEarlierViewIsSuppliedEvenAfterTheOthersHaveStoppedInTheNext() {
        start();
        Arrays.asList(1, 2, 3, 4).forEach(number -> process(number).service.held = 3);

        // p4 leaves; all report, and p5, which lacks three messages, is cut off before it is supplied.
        process(4).agreement.leave();
        await(
                () -> rounds(1),
                () -> !process(5).standings.of(process(5).id).held().isEmpty());
        assertThat(process(5).service.held).isZero();
        tellEachOther();
        process(5).up = false;
        await(
                () -> rounds(1),
                () -> process(1).view().number() == 2 && process(2).view().number() == 2);
        process(4).up = false;
        rounds(5);
        assertThat(process(3).view().number()).isEqualTo(2);
        assertThat(process(5).view().number()).isEqualTo(1);

        // It is taken for gone; the others stop to go on without it, and their proposer crashes.
        areGone(true, 5, 1, 2, 3);
        await(
                () -> rounds(1),
                () -> !process(2).standings.of(process(2).id).held().isEmpty()
                        && !process(3).standings.of(process(3).id).held().isEmpty());
        assertThat(process(2).view().number()).isEqualTo(2);
        process(1).up = false;
        process(5).up = true;
        areGone(false, 5, 2, 3);
        areGone(true, 1, 2, 3, 5);
        process(5).suspected.add(process(4).id);

        for (int i = 0; i < 10; i++) {
            time.advance(PATIENCE.plusMillis(1));
            rounds(10);
        }

        for (int number : new int[] {2, 3, 5}) {
            assertThat(process(number).view().number()).isEqualTo(3);
            assertThat(process(number).view().size()).isEqualTo(3);
            assertThat(process(number).service.held).isEqualTo(3);
        }
    }

    @Test
    void whoAsksInVainBecauseAnotherHasAskedMeanwhileAsksAgain() {
        start();
        process(5).up = false;
        areGone(true, 5, 2, 3, 4);
        Arrays.asList(2, 3, 4).forEach(number -> process(number).agreement.advance());
        tellEachOther();
        // p1 asks, and is cut off before anybody hears it.
        process(1).agreement.advance();
        assertThat(process(1).standings.of(process(1).id).step()).isEqualTo(Standing.Step.ASK);
        process(1).up = false;
        Arrays.asList(2, 3, 4).forEach(number -> process(number).suspected.add(process(1).id));
        time.advance(PATIENCE.plusMillis(1));

        // p2 asks in its place, all but p1 answer, and p1 is suspected no more.
        rounds(3);
        assertThat(process(3).standings.of(process(2).id).step()).isEqualTo(Standing.Step.ASK);
        Arrays.asList(2, 3, 4).forEach(number -> process(number).suspected.remove(process(1).id));
        rounds(3);
        assertThat(process(3).standings.of(process(2).id).step()).isEqualTo(Standing.Step.NONE);
        process(1).up = true;

        for (int i = 0; i < 10; i++) {
            time.advance(PATIENCE.plusMillis(1));
            rounds(10);
        }

        for (int number : new int[] {1, 2, 3, 4}) {
            assertThat(process(number).view().number()).isEqualTo(2);
            assertThat(process(number).view().size()).isEqualTo(4);
        }
    }

    // Agreed by all

    private void startAgreedByAll() {
        quorums = new AgreedByAll();
        start();
    }

    @Test
    void withAllAgreeingAViewFollowsHoweverManyAreGone() {
        startAgreedByAll();
        process(3).service.held = 2;

        for (int number : new int[] {1, 2, 4, 5}) {
            process(number).up = false;
            areGone(true, number, 3);
        }
        rounds(10);

        assertThat(process(3).view().number()).isEqualTo(2);
        assertThat(process(3).view().members()).containsExactly(process(3).id);
    }

    @Test
    void withAllAgreeingTheOneThatIsSilentAndNotGoneIsWaitedFor() {
        startAgreedByAll();
        process(5).up = false;
        areGone(true, 5, 1);
        process(4).up = false;
        for (int number : new int[] {1, 2, 3}) {
            process(number).suspected.add(process(4).id);
        }

        for (int i = 0; i < 10; i++) {
            time.advance(PATIENCE.plusMillis(1));
            rounds(10);
        }
        assertThat(process(1).view().number()).isEqualTo(1);

        process(4).up = true;
        rounds(10);

        for (int number : new int[] {1, 2, 3, 4}) {
            assertThat(process(number).view().number()).isEqualTo(2);
            assertThat(process(number).view().size()).isEqualTo(4);
        }
    }

    @Test
    void withAllAgreeingWhatOneSurvivorHoldsOthersAreSuppliedWith() {
        startAgreedByAll();
        process(5).service.held = 7;

        for (int number : new int[] {1, 2, 3}) {
            process(number).up = false;
            areGone(true, number, 4);
        }
        rounds(20);

        assertThat(process(4).service.held).isEqualTo(7);
        assertThat(process(4).view()).isEqualTo(process(5).view());
        assertThat(process(4).view().size()).isEqualTo(2);
    }

    @Test
    void withAllAgreeingTheFirstViewWaitsForWhoNeverCame() {
        quorums = new AgreedByAll();
        for (int rank = 0; rank < group.size(); rank++) {
            processes.add(new Member(rank));
        }
        process(4).up = false;
        process(5).up = false;
        processes.forEach(process -> process.agreement.joinTimeoutIsOver());
        areGone(true, 5, 1, 2, 3);
        rounds(20);
        assertThat(process(1).view().number()).isZero();

        process(4).up = true;
        areGone(true, 5, 4);
        rounds(20);

        for (int number : new int[] {1, 2, 3, 4}) {
            assertThat(process(number).view().number()).isEqualTo(1);
            assertThat(process(number).view().size()).isEqualTo(4);
        }
    }

    @Test
    void aProposerThatIsNotInWhatItHasTakenUpDoesNotInstallIt() {
        start();
        // All take p1 for gone; p2 proposes a view without it, and is cut off once that is accepted, before it is
        // decided.
        process(1).up = false;
        areGone(true, 1, 2, 3, 4, 5);
        await(() -> rounds(1), () -> process(3).standings.of(process(3).id).acceptedProposal() != null);
        assertThat(process(3).view().number()).isEqualTo(1);
        process(2).up = false;
        areGone(false, 1, 3, 4, 5);
        areGone(true, 2, 1, 3, 4, 5);
        process(1).up = true;

        for (int i = 0; i < 10; i++) {
            time.advance(PATIENCE.plusMillis(1));
            rounds(10);
        }

        assertThat(process(1).view().number()).isEqualTo(1);
        for (int number : new int[] {3, 4, 5}) {
            assertThat(process(number).view().number()).isGreaterThan(1);
            assertThat(process(number).view().members()).doesNotContain(process(1).id);
        }
    }

    // Memory

    private void startRemembering() {
        remembering = true;
        start();
    }

    /** All are dead, and those are there again, each as the incarnation of that number. */
    private void allDieAndComeBack(long incarnation, int... numbers) {
        processes.forEach(process -> process.up = false);
        for (int number : numbers) {
            comesBack(number, incarnation);
        }
    }

    private void comesBack(int number, long incarnation) {
        processes.set(number - 1, new Member(number - 1, incarnation));
        processes.forEach(process -> process.standings.refresh(number - 1));
    }

    private void joinTimeoutIsOver() {
        processes.forEach(process -> process.agreement.joinTimeoutIsOver());
    }

    @Test
    void aGroupThatDiedAsAWholeFormsTheNextViewOfTheOneThatItRemembers() {
        startRemembering();

        allDieAndComeBack(2, 1, 2, 3, 4, 5);
        rounds(10);

        for (int number = 1; number <= 5; number++) {
            assertThat(process(number).view().number()).isEqualTo(2);
            assertThat(process(number).view().members())
                    .containsExactlyElementsOf(
                            processes.stream().map(process -> process.id).toList());
            assertThat(process(number).view().earlierIncarnations("p" + number)).isEqualTo(1);
        }
    }

    @Test
    void itTakesAMajorityOfTheHighestViewThatIsFound() {
        startRemembering();
        for (int number : new int[] {4, 5}) {
            process(number).agreement.leave();
        }
        rounds(20);
        assertThat(process(1).view().size()).isEqualTo(3);

        // p1 alone of the last view, with two that remember the one before it.
        allDieAndComeBack(2, 1, 4, 5);
        joinTimeoutIsOver();
        rounds(20);
        assertThat(process(1).view().number()).isZero();
        assertThat(process(4).view().number()).isZero();

        comesBack(2, 2);
        joinTimeoutIsOver();
        rounds(30);

        for (int number : new int[] {1, 2, 4, 5}) {
            assertThat(process(number).view().number()).isGreaterThan(2);
            assertThat(process(number).view().size()).isEqualTo(4);
        }
    }

    @Test
    void whatWasAcceptedIsAgreedBeforeTheIncarnationsOfNowAreTakenIn() {
        startRemembering();
        process(4).agreement.leave();
        // p1 decides and installs; nobody hears of it any more.
        await(() -> rounds(1), () -> process(3).standings.of(process(3).id).acceptedProposal() != null);
        tellEachOther();
        process(1).agreement.advance();
        View decided = process(1).view();
        assertThat(decided.number()).isEqualTo(2);
        assertThat(process(3).view().number()).isEqualTo(1);

        allDieAndComeBack(2, 2, 3, 5);
        joinTimeoutIsOver();
        rounds(30);

        for (int number : new int[] {2, 3, 5}) {
            assertThat(process(number).view().number()).isEqualTo(3);
            assertThat(process(number).view().earlierIncarnations("p1")).isEqualTo(1);
        }
        assertThat(disks.get(0)).isNotNull();
        comesBack(1, 2);
        rounds(10);
        assertThat(process(1).view().number()).isEqualTo(4);
    }

    @Test
    void besideASurvivorThatIsInTheViewTheRestartedOnlyJoin() {
        startRemembering();

        processes.stream().filter(process -> process != process(3)).forEach(process -> process.up = false);
        for (int number : new int[] {1, 2, 4, 5}) {
            comesBack(number, 2);
        }
        joinTimeoutIsOver();
        rounds(20);
        assertThat(processes)
                .allSatisfy(process -> assertThat(process.view().number()).isEqualTo(process == process(3) ? 1 : 0));

        comesBack(3, 2);
        rounds(10);

        assertThat(processes)
                .allSatisfy(process -> assertThat(process.view().number()).isEqualTo(2));
    }

    @Test
    void whoRemembersNothingJoinsAndFormsNothing() {
        startRemembering();
        allDieAndComeBack(2, 1);
        disks.clear();
        for (int number : new int[] {2, 3, 4}) {
            comesBack(number, 2);
        }
        joinTimeoutIsOver();
        rounds(20);

        assertThat(processes)
                .allSatisfy(process ->
                        assertThat(process.agreement.view().number() > 1).isFalse());
        assertThat(process(2).view().number()).isZero();
    }
}
