package dev.rustnet.plugins.staticmembership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.bus.Subscription;
import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.link.FairLossLinks.Ending;
import dev.rustnet.testkit.fake.FakeFailureDetector;
import dev.rustnet.testkit.fake.FakeFairLossLinks;
import dev.rustnet.testkit.fake.FakeTopicBus;
import dev.rustnet.testkit.fake.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticMembershipTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ProcessId FIRST = new ProcessId("first", 10);
    private static final ProcessId SECOND = new ProcessId("second", 20);
    private static final ProcessId SECOND_AGAIN = new ProcessId("second", 21);
    private static final String ELSEWHERE = "10.0.0.9:8888";
    // By rank: first, fourth, second, third.
    private static final int SECOND_RANK = 2;

    private final ManualTime time = new ManualTime();
    private final FakeFairLossLinks links = new FakeFairLossLinks(4, time);
    private final FakeFailureDetector detector = new FakeFailureDetector(TIMEOUT);
    private final FakeTopicBus topics = new FakeTopicBus();
    private final StaticMembership membership = new StaticMembership(
            new Group(List.of(
                    new Group.Member("first", "10.0.0.1:8888"),
                    new Group.Member("second", "10.0.0.2:8888"),
                    new Group.Member("third", "10.0.0.3:8888"),
                    new Group.Member("fourth", "10.0.0.4:8888"))),
            FIRST,
            links,
            detector,
            time,
            topics);
    private final List<String> heard = new ArrayList<>();

    StaticMembershipTest() {
        links.listen(membership.connections());
        detector.listen(membership::crash);
    }

    private Subscription listen() {
        return membership.listen(new MembershipListener() {
            @Override
            public void viewInstalled(View view) {
                heard.add("view " + view.number() + " " + view.members());
            }

            @Override
            public void joined(int rank, ProcessId process) {
                heard.add("joined " + rank + " " + process + " " + process.incarnation());
            }

            @Override
            public void removed(int rank, ProcessId process, Removal reason) {
                heard.add("removed " + rank + " " + process + " " + reason);
            }
        });
    }

    @Test
    void theViewHoldsAllMembersByNameForEver() {
        View before = membership.view();

        links.connect(SECOND_RANK, SECOND);
        detector.crash(SECOND);

        assertThat(membership.view()).isSameAs(before);
        assertThat(before.number()).isEqualTo(1);
        assertThat(before.members()).extracting(ProcessId::name).containsExactly("first", "fourth", "second", "third");
        assertThat(before.majority()).isEqualTo(3);
    }

    @Test
    void aMemberJoinsWithItsFirstConnection() {
        listen();

        links.connect(SECOND_RANK, SECOND);
        links.disconnect(SECOND_RANK, Ending.RESET);
        links.connect(SECOND_RANK, SECOND);

        assertThat(heard).containsExactly("view 1 [first, fourth, second, third]", "joined 2 second 20");
        assertThat(membership.process(SECOND_RANK)).isEqualTo(SECOND);
        assertThat(topics.published(GroupMembership.PROCESS_JOINED))
                .containsExactly(new GroupMembership.ProcessJoined(SECOND));
    }

    @Test
    void aNewListenerLearnsTheViewThenWhoJoinedThenWhoWasRemoved() {
        links.connect(SECOND_RANK, SECOND);
        links.connect(3, new ProcessId("third", 30));
        detector.crash(SECOND);

        listen();

        assertThat(heard)
                .containsExactly(
                        "view 1 [first, fourth, second, third]",
                        "joined 2 second 20",
                        "joined 3 third 30",
                        "removed 2 second CRASHED");
    }

    @Test
    void aListenerThatCancelledHearsNothing() {
        listen().cancel();
        heard.clear();

        links.connect(SECOND_RANK, SECOND);

        assertThat(heard).isEmpty();
    }

    @Test
    void aCrashRemovesAMemberOnce() {
        links.connect(SECOND_RANK, SECOND);
        listen();
        heard.clear();

        detector.crash(SECOND);
        membership.crash(SECOND);

        assertThat(heard).containsExactly("removed 2 second CRASHED");
        assertThat(membership.removed(SECOND_RANK)).isTrue();
    }

    @Test
    void aSuspicionRemovesNobody() {
        links.connect(SECOND_RANK, SECOND);

        detector.suspect(SECOND);

        assertThat(membership.removed(SECOND_RANK)).isFalse();
    }

    @Test
    void aGoodbyeRemovesAMember() {
        links.connect(SECOND_RANK, SECOND);
        listen();
        heard.clear();

        links.disconnect(SECOND_RANK, Ending.GOODBYE);

        assertThat(heard).containsExactly("removed 2 second LEFT");
        assertThat(topics.published(GroupMembership.PROCESS_LEFT))
                .containsExactly(new GroupMembership.ProcessLeft(SECOND));
    }

    @Test
    void anEndOfStreamOrResetRemovesNobody() {
        links.connect(SECOND_RANK, SECOND);
        links.disconnect(SECOND_RANK, Ending.END_OF_STREAM);
        links.connect(SECOND_RANK, SECOND);
        links.disconnect(SECOND_RANK, Ending.RESET);

        assertThat(membership.removed(SECOND_RANK)).isFalse();
    }

    @Test
    void whoIsMissingIsNamed() {
        links.connect(SECOND_RANK, SECOND);

        assertThat(membership.missing()).containsExactly("fourth", "third");
    }

    @Test
    void aMemberIsAdmittedHoweverLateItComes() {
        time.advance(Duration.ofDays(1));

        assertThat(membership.admit(SECOND, ELSEWHERE)).isEqualTo(new Admission.Accepted());
    }

    @Test
    void aMemberThatReconnectsIsAdmitted() {
        links.connect(SECOND_RANK, SECOND);
        detector.suspect(SECOND);

        assertThat(membership.admit(SECOND, ELSEWHERE)).isEqualTo(new Admission.Accepted());
    }

    @Test
    void whoIsNotInTheListIsRefusedWithTheList() {
        assertThat(membership.admit(new ProcessId("fifth", 1), ELSEWHERE))
                .isEqualTo(new Admission.Refused("fifth at 10.0.0.9:8888 is not in the peer list of first, which names"
                        + " first, fourth, second, third; add it to the list of every process, or correct its name"));
    }

    @Test
    void aProcessWithTheOwnNameIsRefusedNamingBothAddresses() {
        assertThat(membership.admit(new ProcessId("first", 99), ELSEWHERE))
                .isEqualTo(new Admission.Refused(
                        "two processes have the name first: one at 10.0.0.1:8888, which is running,"
                                + " and one at 10.0.0.9:8888; give each its own name"));
    }

    @Test
    void aProcessThatWasStartedTwiceIsToldSoInsteadOfOneAddressTwice() {
        assertThat(membership.admit(new ProcessId("first", 99), "10.0.0.1:8888"))
                .isEqualTo(new Admission.Refused("two processes have the name first, and both say that they are at"
                        + " 10.0.0.1:8888: one is running already; end one of them, or give each its own name and"
                        + " address"));
    }

    @Test
    void anOlderIncarnationIsRefusedAndChangesNothing() {
        links.connect(SECOND_RANK, SECOND);

        assertThat(membership.admit(new ProcessId("second", 19), ELSEWHERE)).isInstanceOf(Admission.Refused.class);

        assertThat(membership.process(SECOND_RANK)).isEqualTo(SECOND);
        assertThat(membership.admit(SECOND, ELSEWHERE)).isEqualTo(new Admission.Accepted());
    }

    @Test
    void aRestartOfASuspectedMemberIsExcludedWithASentence() {
        links.connect(SECOND_RANK, SECOND);
        detector.suspect(SECOND);

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE))
                .isEqualTo(
                        new Admission.Excluded("static-membership keeps the book's crash-stop model: second has already"
                                + " taken part as another incarnation and cannot come back; restart the whole group"));
    }

    @Test
    void whoHearsThatItCountsNoMoreTellsItsListenersOnce() {
        List<MembershipListener.Removal> ends = new ArrayList<>();
        membership.listen(new MembershipListener() {
            @Override
            public void ended(Removal reason) {
                ends.add(reason);
            }
        });

        membership.excluded();
        membership.excluded();

        assertThat(ends).containsExactly(MembershipListener.Removal.EXCLUDED);
    }

    @Test
    void aRestartOfAMemberThatLeftIsExcluded() {
        links.connect(SECOND_RANK, SECOND);
        links.disconnect(SECOND_RANK, Ending.GOODBYE);

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isInstanceOf(Admission.Excluded.class);
    }

    @Test
    void aQuickRestartIsHeldUntilTheOldIncarnationHasBeenSilentForTheTimeout() {
        links.connect(SECOND_RANK, SECOND);

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isEqualTo(new Admission.Held());
        time.advance(TIMEOUT);
        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isEqualTo(new Admission.Held());
        time.advance(Duration.ofMillis(1));

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isInstanceOf(Admission.Excluded.class);
    }

    @Test
    void aSecondProcessUnderALivingNameIsRefusedNamingBothAddressesAndTheMemberIsUntouched() {
        links.connect(SECOND_RANK, SECOND);

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isEqualTo(new Admission.Held());
        time.advance(Duration.ofSeconds(1));
        links.hear(SECOND_RANK);

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE))
                .isEqualTo(new Admission.Refused("two processes have the name second: one at 10.0.0.2:8888, which is"
                        + " running, and one at 10.0.0.9:8888; give each its own name"));
        assertThat(membership.process(SECOND_RANK)).isEqualTo(SECOND);
        assertThat(membership.removed(SECOND_RANK)).isFalse();
    }

    @Test
    void aByteOfTheOldIncarnationThatWasStillUnderWayOnlyDelaysTheVerdict() {
        links.connect(SECOND_RANK, SECOND);
        membership.admit(SECOND_AGAIN, ELSEWHERE);
        time.advance(Duration.ofMillis(10));
        links.hear(SECOND_RANK);
        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isInstanceOf(Admission.Refused.class);

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isEqualTo(new Admission.Held());
        time.advance(TIMEOUT.plusMillis(1));

        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isInstanceOf(Admission.Excluded.class);
    }

    @Test
    void aProcessThatCountsAsCrashedIsToldSoWhenItComesBack() {
        links.connect(SECOND_RANK, SECOND);
        detector.crash(SECOND);

        assertThat(membership.admit(SECOND, ELSEWHERE))
                .isEqualTo(new Admission.Excluded(
                        "first counts second as crashed, for good, because it gave no sign of life"
                                + " for 5.0 s (failure-detector.assume-synchrony = true)"));
    }

    @Test
    void aMemberThatCrashedBeforeItWasMetHereIsRemovedAndItsNameIsTaken() {
        listen();
        heard.clear();

        detector.crash(SECOND);

        assertThat(heard).containsExactly("removed 2 second CRASHED");
        assertThat(membership.admit(SECOND, ELSEWHERE)).isInstanceOf(Admission.Excluded.class);
        assertThat(membership.admit(SECOND_AGAIN, ELSEWHERE)).isInstanceOf(Admission.Excluded.class);
    }

    @Test
    void aCrashOfAnotherIncarnationRemovesNobody() {
        links.connect(SECOND_RANK, SECOND);

        detector.crash(new ProcessId("second", 19));

        assertThat(membership.removed(SECOND_RANK)).isFalse();
    }

    @Test
    void theViewIsPublished() {
        membership.announce();

        assertThat(topics.published(GroupMembership.VIEW_INSTALLED))
                .containsExactly(new GroupMembership.ViewInstalled(membership.view()));
    }
}
