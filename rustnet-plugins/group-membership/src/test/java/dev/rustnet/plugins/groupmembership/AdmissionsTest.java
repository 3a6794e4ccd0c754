package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.FakeFailureDetector;
import dev.rustnet.testkit.fake.FakeFairLossLinks;
import dev.rustnet.testkit.fake.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
    private static final ProcessId SELF = new ProcessId("first", 10);
    private static final ProcessId MEMBER = new ProcessId("second", 20);
    private static final ProcessId NEWCOMER = new ProcessId("second", 21);

    private final ManualTime time = new ManualTime();
    private final FakeFairLossLinks links = new FakeFairLossLinks(2, time);
    private final FakeFailureDetector detector = new FakeFailureDetector(Duration.ofSeconds(5));
    private final Departures departures =
            new Departures(time, Duration.ofSeconds(50).toNanos(), () -> {});
    private final Map<String, ProcessId> present = new HashMap<>(Map.of("second", MEMBER));
    private final Admissions admissions = new Admissions(
            new Group(List.of(new Group.Member("first", "one:1"), new Group.Member("second", "two:2"))),
            SELF,
            links,
            detector,
            departures,
            time,
            present::get);

    private Admission admit(ProcessId process) {
        return admissions.admit(process, "elsewhere:3");
    }

    @Test
    void aMemberAndAFreeNameAreAccepted() {
        assertThat(admit(MEMBER)).isInstanceOf(Admission.Accepted.class);
        present.clear();
        assertThat(admit(NEWCOMER)).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void aNewcomerUnderALivingNameIsHeldAndRefusedOnceTheMemberHasAnsweredNamingBothAddresses() {
        links.connect(1, MEMBER);
        time.advance(Duration.ofSeconds(1));
        assertThat(admit(NEWCOMER)).isInstanceOf(Admission.Held.class);

        time.advance(Duration.ofSeconds(1));
        links.hear(1);

        assertThat(admit(NEWCOMER))
                .isInstanceOfSatisfying(Admission.Refused.class, refused -> assertThat(refused.sentence())
                        .contains("two processes have the name second", "two:2", "elsewhere:3"));
    }

    @Test
    void aNewcomerIsAcceptedWhenTheMemberStaysSilentOrIsSuspected() {
        links.connect(1, MEMBER);
        time.advance(Duration.ofSeconds(1));
        assertThat(admit(NEWCOMER)).isInstanceOf(Admission.Held.class);
        time.advance(Duration.ofMillis(5_001));
        assertThat(admit(NEWCOMER)).isInstanceOf(Admission.Accepted.class);

        departures.suspect(MEMBER);
        assertThat(admit(new ProcessId("second", 22))).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void anOlderIncarnationIsRefusedAndOneThatAViewHasHeldNeverComesBack() {
        assertThat(admit(new ProcessId("second", 19))).isInstanceOfSatisfying(Admission.Outdated.class, outdated -> {
            assertThat(outdated.highest()).isEqualTo(MEMBER.incarnation());
            assertThat(outdated.sentence()).contains("is older than one that has taken part");
        });

        admissions.end(MEMBER);
        present.clear();

        assertThat(admit(MEMBER)).isInstanceOf(Admission.Excluded.class);
        assertThat(admit(new ProcessId("second", 19)))
                .isInstanceOfSatisfying(Admission.Outdated.class, outdated -> assertThat(outdated.highest())
                        .isEqualTo(MEMBER.incarnation()));
        assertThat(admit(NEWCOMER)).isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void strangersAndTheOwnNameAreRefused() {
        assertThat(admit(new ProcessId("third", 1))).isInstanceOf(Admission.Refused.class);
        assertThat(admit(new ProcessId("first", 11))).isInstanceOf(Admission.Refused.class);
    }
}
