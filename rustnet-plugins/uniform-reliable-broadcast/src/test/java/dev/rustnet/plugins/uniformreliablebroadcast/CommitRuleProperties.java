package dev.rustnet.plugins.uniformreliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.testkit.fake.FakeBroadcastLog;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CommitRuleProperties {
    private static final int SOURCE = 0;
    private static final int SELF = 0;

    /** Who holds how much of one source's messages, who is suspected, who was removed; the own process is neither. */
    record Situation(List<Integer> held, List<Boolean> suspected, List<Boolean> removed) {
        int size() {
            return held.size();
        }

        IntPredicate suspects() {
            return process -> process != SELF && suspected.get(process);
        }

        boolean isRemoved(int process) {
            return process != SELF && removed.get(process);
        }

        FakeBroadcastLog log() {
            FakeBroadcastLog log = new FakeBroadcastLog(view(size()), SELF, new Silent());
            log.receive(SOURCE, held.get(SELF));
            for (int process = 1; process < size(); process++) {
                log.acknowledge(process, SOURCE, held.get(process));
                if (isRemoved(process)) {
                    log.remove(process);
                }
            }
            return log;
        }

        long holders(long number) {
            return held.stream().filter(up -> up >= number).count();
        }
    }

    private static View view(int size) {
        return new View(
                1,
                IntStream.range(0, size).mapToObj(i -> ProcessId.named("p" + i)).toList());
    }

    private static long commit(CommitRule rule, Situation situation) {
        return rule.commit(situation.log(), SOURCE, situation.suspects(), new long[situation.size()]);
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Arbitraries.integers().between(1, 9).flatMap(size -> {
            Arbitrary<List<Integer>> held =
                    Arbitraries.integers().between(0, 20).list().ofSize(size);
            Arbitrary<List<Boolean>> flags = Arbitraries.of(true, false).list().ofSize(size);
            return Combinators.combine(held, flags, flags).as(Situation::new);
        });
    }

    /** Whether the book's condition allows to deliver that message; written down once more, message by message. */
    private static boolean allowed(CommitRule rule, Situation situation, long number) {
        boolean here = situation.held().get(SELF) >= number;
        boolean majority = situation.holders(number) > situation.size() / 2;
        boolean allUnsuspected = IntStream.range(0, situation.size())
                .filter(process -> !situation.suspects().test(process) && !situation.isRemoved(process))
                .allMatch(process -> situation.held().get(process) >= number);
        boolean allLiving = IntStream.range(0, situation.size())
                .filter(process -> !situation.isRemoved(process))
                .allMatch(process -> situation.held().get(process) >= number);
        return here
                && switch (rule) {
                    case ALL_UNSUSPECTED -> allUnsuspected && majority;
                    case ALL_LIVING -> allLiving;
                    case MAJORITY -> majority;
                };
    }

    @Property
    void commitsExactlyWhatTheBookAllows(@ForAll("situations") Situation situation, @ForAll CommitRule rule) {
        long committed = commit(rule, situation);

        assertThat(committed == 0 || allowed(rule, situation, committed))
                .as("message %d may be delivered", committed)
                .isTrue();
        assertThat(allowed(rule, situation, committed + 1))
                .as("message %d may be delivered", committed + 1)
                .isFalse();
    }

    @Property
    void noSuspicionWrongOrRightDeliversBelowAMajority(@ForAll("situations") Situation situation) {
        long committed = commit(CommitRule.ALL_UNSUSPECTED, situation);

        assertThat(committed == 0 || situation.holders(committed) >= situation.size() / 2 + 1)
                .isTrue();
    }

    @Property
    void aRestorationNeverRaisesWhatIsCommitted(@ForAll("situations") Situation situation) {
        Situation restored = new Situation(
                situation.held(),
                situation.suspected().stream().map(unused -> false).toList(),
                situation.removed());

        assertThat(commit(CommitRule.ALL_UNSUSPECTED, restored))
                .isLessThanOrEqualTo(commit(CommitRule.ALL_UNSUSPECTED, situation));
    }

    @Example
    void theQuorumIsMoreThanHalf() {
        assertThat(IntStream.of(1, 2, 3, 4, 5, 8)
                        .map(size -> CommitRule.MAJORITY.needed(
                                new FakeBroadcastLog(view(size), SELF, new Silent()), process -> false)))
                .containsExactly(1, 2, 2, 3, 3, 5);
    }

    private static final class Silent implements BroadcastProtocol {
        @Override
        public void viewInstalled(View view) {}

        @Override
        public void received(int source, long upTo) {}

        @Override
        public void acked(int process, int source, long upTo) {}

        @Override
        public void removed(int process) {}
    }
}
