package dev.rustnet.testkit.check;

import static dev.rustnet.testkit.check.Verdict.Outcome.HOLDS;
import static dev.rustnet.testkit.check.Verdict.Outcome.INCONCLUSIVE;
import static dev.rustnet.testkit.check.Verdict.Outcome.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One planted violation for each property, with the words it is reported in. Each line: process, then its event. */
final class PlantedViolationsTest {
    private static final List<String> CLEAN = List.of(
            "1 b 1", "1 d 1 1", "2 d 1 1", "3 d 1 1", "2 b 1", "2 d 2 1", "1 d 2 1", "3 d 2 1", "3 b 1", "3 d 3 1",
            "1 d 3 1", "2 d 3 1");

    @Test
    void aCleanRunKeepsEverything() {
        for (PropertySet set : PropertySet.all()) {
            RunVerdict verdict = judge(set, Set.of(), CLEAN);

            assertThat(verdict.holds()).as(verdict.toString()).isTrue();
        }
    }

    @Test
    void validityOfBestEffortBroadcast() {
        assertViolated(
                Property.BEB1,
                "first, which is correct, broadcast first#1, and third, which is correct, never delivered it",
                "1 b 1",
                "1 d 1 1",
                "2 d 1 1",
                "3 b 1",
                "1 d 3 1",
                "2 d 3 1",
                "3 d 3 1");
    }

    @Test
    void validityOfReliableBroadcast() {
        assertViolated(
                Property.RB1,
                "first, which is correct, broadcast first#1 and never delivered it itself",
                "1 b 1",
                "2 d 1 1",
                "3 d 1 1");
    }

    @Test
    void noDuplicationBindsCrashedProcessesToo() {
        RunVerdict verdict = judge(
                PropertySet.RELIABLE_BROADCAST,
                Set.of(3),
                List.of("1 b 1", "1 d 1 1", "2 d 1 1", "3 d 1 1", "3 d 1 1"));

        assertThat(verdict.of(Property.RB2).outcome()).isEqualTo(VIOLATED);
        assertThat(verdict.of(Property.RB2).words()).isEqualTo("third delivered first#1 twice");
    }

    @Test
    void noCreation() {
        assertViolated(
                Property.URB3,
                "second delivered first#2, which first had not broadcast",
                "1 b 1",
                "1 d 1 1",
                "2 d 1 1",
                "3 d 1 1",
                "2 d 1 2");
    }

    @Test
    void agreementAmongTheCorrect() {
        assertViolated(
                Property.RB4,
                "first, which is correct, delivered first#1, and third, which is correct, never did",
                "1 b 1",
                "1 d 1 1",
                "2 d 1 1",
                "3 b 1",
                "3 d 3 1",
                "1 d 3 1",
                "2 d 3 1");
    }

    @Test
    void onlyUniformAgreementAsksForWhatACrashedProcessDelivered() {
        List<String> run = List.of("1 b 1", "1 d 1 1", "2 b 1", "2 d 2 1", "3 d 2 1");

        assertThat(judge(PropertySet.RELIABLE_BROADCAST, Set.of(1), run).holds())
                .isTrue();
        Verdict uniform =
                judge(PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(1), run).of(Property.URB4);
        assertThat(uniform.outcome()).isEqualTo(VIOLATED);
        assertThat(uniform.words())
                .isEqualTo("first, which crashed, delivered first#1, and second, which is correct, never did");
    }

    @Test
    void whatNoCorrectProcessDeliversViolatesNothing() {
        RunVerdict verdict = judge(
                PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(1), List.of("1 b 1", "2 b 1", "2 d 2 1", "3 d 2 1"));

        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    }

    @Test
    void fifoOrder() {
        assertViolated(
                Property.FRB5,
                "third delivered first#2 without having delivered first#1, which was broadcast before it",
                "1 b 1",
                "1 b 2",
                "3 d 1 2",
                "3 d 1 1");
    }

    @Test
    void causalOrder() {
        assertViolated(
                Property.CRB5,
                "third delivered second#1 without having delivered first#1, which happened before it",
                "1 b 1",
                "2 d 1 1",
                "2 b 1",
                "3 d 2 1",
                "3 d 1 1");
    }

    @Test
    void totalOrder() {
        assertViolated(
                Property.TOB5,
                "first delivered first#1 before second#1, and second delivered second#1 before first#1",
                "1 b 1",
                "2 b 1",
                "1 d 1 1",
                "1 d 2 1",
                "2 d 2 1",
                "2 d 1 1");
    }

    @Test
    void onlyUniformTotalOrderBindsTheCrashed() {
        List<String> run = List.of("1 b 1", "2 b 1", "1 d 1 1", "1 d 2 1", "2 d 2 1", "2 d 1 1", "3 d 2 1");

        assertThat(judge(PropertySet.TOTAL_ORDER_BROADCAST, Set.of(1), run)
                        .of(Property.TOB5)
                        .outcome())
                .isEqualTo(HOLDS);
        assertThat(judge(PropertySet.UNIFORM_TOTAL_ORDER_BROADCAST, Set.of(1), run)
                        .of(Property.UTOB5)
                        .outcome())
                .isEqualTo(VIOLATED);
    }

    @Test
    void reliableDeliveryOfPerfectLinks() {
        List<At> run = List.of(sends(1, 2, 1), sends(1, 2, 2), receives(2, 1, 2), sends(1, 3, 1));

        assertThat(links(Set.of(3), run).of(Property.PL1).words())
                .isEqualTo("first sent first#1 to second; both are correct, and it never arrived");
        assertThat(links(Set.of(1), run).of(Property.PL1).outcome()).isEqualTo(HOLDS);
        assertThat(links(Set.of(2, 3), run).of(Property.PL1).outcome()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void noDuplicationOfPerfectLinksBindsACrashedReceiverToo() {
        Verdict verdict = links(Set.of(2), List.of(sends(1, 2, 1), receives(2, 1, 1), receives(2, 1, 1)))
                .of(Property.PL2);

        assertThat(verdict.outcome()).isEqualTo(VIOLATED);
        assertThat(verdict.words()).isEqualTo("second delivered first#1 twice");
    }

    @Test
    void noCreationOfPerfectLinksAsksToWhomItWasSent() {
        List<At> run = List.of(sends(1, 2, 1), receives(2, 1, 1), receives(3, 1, 1));

        assertThat(links(Set.of(), run).of(Property.PL3).outcome()).isEqualTo(VIOLATED);
        assertThat(links(Set.of(), run).of(Property.PL3).words())
                .startsWith("third delivered first#1, which first had not");
        assertThat(links(Set.of(), run.subList(0, 2)).holds()).isTrue();
    }

    /** No line of a log says these: links are watched in the simulator alone. */
    private record At(int process, Event event) {}

    private static At sends(int from, int to, long number) {
        return new At(from, new Event.Send(to, number));
    }

    private static At receives(int at, int from, long number) {
        return new At(at, new Event.Receive(from, number));
    }

    private static RunVerdict links(Set<Integer> crashed, List<At> run) {
        RunMonitors monitors = new RunMonitors(PropertySet.PERFECT_LINKS);
        run.forEach(at -> monitors.event(at.process, at.event));
        return monitors.verdict(new RunFacts(names(), crashed, true, Optional.empty()));
    }

    @Test
    void completeness() {
        RunVerdict perfect = judge(PropertySet.PERFECT_FAILURE_DETECTOR, Set.of(3), List.of("1 x 3"));
        RunVerdict eventual = judge(PropertySet.FAILURE_DETECTOR, Set.of(3), List.of("1 x 3", "2 x 3", "2 r 3"));

        assertThat(perfect.of(Property.PFD1).words())
                .isEqualTo("third crashed, and second, which is correct, never detected it");
        assertThat(eventual.of(Property.EPFD1).words())
                .isEqualTo("third crashed, and second, which is correct, does not suspect it at the end");
    }

    @Test
    void accuracy() {
        RunVerdict perfect = judge(PropertySet.PERFECT_FAILURE_DETECTOR, Set.of(), List.of("1 x 3"));
        RunVerdict eventual = judge(PropertySet.FAILURE_DETECTOR, Set.of(), List.of("1 x 3", "2 x 3", "2 r 3"));

        assertThat(perfect.of(Property.PFD2).words())
                .isEqualTo("first detected the crash of third, which did not crash");
        assertThat(eventual.of(Property.EPFD2).words())
                .isEqualTo("first still suspects third at the end; both are correct");
    }

    @Test
    void aDetectionBeforeTheCrashIsFoundWhereCrashesAreSeen() {
        RunMonitors monitors = new RunMonitors(PropertySet.PERFECT_FAILURE_DETECTOR);
        List.of(1, 2).forEach(process -> monitors.event(process, new Event.Suspect(3)));
        monitors.event(3, new Event.Crash());

        RunVerdict verdict = monitors.verdict(new RunFacts(names(), Set.of(3), true, Optional.empty()));

        assertThat(verdict.of(Property.PFD2).words()).isEqualTo("first detected the crash of third before it crashed");
    }

    @Test
    void aProcessThatJoinedInMidRunIsOwedOnlyWhatCameInItsFirstViewOrLater() {
        List<String> joined = List.of(
                "1 v 1 1 2 3",
                "2 v 1 1 2 3",
                "1 b 1",
                "1 d 1 1",
                "2 d 1 1",
                "1 v 2 1 2 1003",
                "2 v 2 1 2 1003",
                "1003 v 2 1 2 1003",
                "1 b 2",
                "1 d 1 2",
                "2 d 1 2");

        RunVerdict owed = judge(PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(3), joined, "1003");
        RunVerdict served =
                judge(PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(3), with(joined, "1003 d 1 2"), "1003");

        assertThat(served.holds()).as(served.toString()).isTrue();
        assertThat(owed.of(Property.URB4).words())
                .isEqualTo("first, which is correct, delivered first#2, and third/2, which is correct, never did");
        assertThat(owed.of(Property.FRB5).outcome()).isEqualTo(HOLDS);
    }

    @Test
    void whoJoinsLaterStillObligesThoseWhoJoinedBefore() {
        List<String> run = List.of(
                "1 v 1 1 2",
                "2 v 1 1 2",
                "1 v 2 1 2 3",
                "2 v 2 1 2 3",
                "3 v 2 1 2 3",
                "1 v 3 1 2 3 1002",
                "3 v 3 1 2 3 1002",
                "1002 v 3 1 2 3 1002",
                "1002 b 1",
                "1002 d 1002 1",
                "1 d 1002 1");

        RunVerdict verdict = judge(PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(2), run, "1002");

        assertThat(verdict.of(Property.URB4).words())
                .isEqualTo("first, which is correct, delivered second/2#1, and third, which is correct, never did");
    }

    @Test
    void whoIsInNoViewIsOwedNothingAndTheRunNotAtRest() {
        List<String> run = List.of("1 v 1 1 2", "2 v 1 1 2", "1 b 1", "1 d 1 1", "2 d 1 1", "3 b 1");

        RunVerdict none = judge(PropertySet.RELIABLE_BROADCAST, Set.of(), run);
        RunVerdict behind =
                judge(PropertySet.RELIABLE_BROADCAST, Set.of(), with(with(run, "1 v 2 1 2 3"), "3 v 2 1 2 3"));

        assertThat(none.of(Property.RB4).words())
                .isEqualTo("third, which is correct, was in no view at the end, and the last view was 1");
        assertThat(behind.of(Property.RB4).words())
                .isEqualTo("second, which is correct, was still in view 1 at the end, and the last view was 2");
    }

    @Test
    void viewsWithAGap() {
        assertViolated(
                Property.GM1,
                "second installed view 3 after view 1",
                "1 v 1 1 2 3",
                "2 v 1 1 2 3",
                "1 b 1",
                "1 v 2 1 2 3",
                "1 v 3 1 2 3",
                "2 v 3 1 2 3",
                "3 v 3 1 2 3");
    }

    @Test
    void viewAgreementBindsCrashedProcessesToo() {
        RunVerdict verdict = judge(
                PropertySet.GROUP_MEMBERSHIP,
                Set.of(3),
                List.of("1 v 1 1 2 3", "2 v 1 1 2 3", "3 v 1 1 2 3", "1 v 2 1 2", "2 v 2 1 2", "3 v 2 3"));

        assertThat(verdict.of(Property.GM2).outcome()).isEqualTo(VIOLATED);
        assertThat(verdict.of(Property.GM2).words())
                .isEqualTo("first installed view 2 with first, second, and third with third");
        assertThat(verdict.of(Property.GM1).outcome()).isEqualTo(HOLDS);
    }

    @Test
    void virtualSynchronyIsJudgedWheneverViewsChange() {
        List<String> run = List.of(
                "1 v 1 1 2 3",
                "2 v 1 1 2 3",
                "3 v 1 1 2 3",
                "1 b 1",
                "1 d 1 1",
                "2 d 1 1",
                "1 v 2 1 2 3",
                "2 v 2 1 2 3",
                "3 v 2 1 2 3",
                "3 d 1 1");

        RunVerdict verdict = judge(PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(), run);

        assertThat(verdict.of(Property.URB4).outcome()).isEqualTo(HOLDS);
        assertThat(verdict.of(Property.VS).outcome()).isEqualTo(VIOLATED);
        assertThat(verdict.of(Property.VS).words())
                .isEqualTo("first delivered first#1 in view 1, and third went on from view 1 to view 2 without it, as"
                        + " first did with it");
        assertThat(judge(PropertySet.BEST_EFFORT_BROADCAST, Set.of(), run).verdicts())
                .as("best-effort broadcast is not bound to views")
                .extracting(Verdict::property)
                .contains(Property.GM2)
                .doesNotContain(Property.VS);
    }

    @Test
    void whoDoesNotGoOnOwesNothingToVirtualSynchrony() {
        List<String> run = List.of(
                "1 v 1 1 2 3",
                "2 v 1 1 2 3",
                "3 v 1 1 2 3",
                "1 b 1",
                "1 d 1 1",
                "2 d 1 1",
                "1 v 2 1 2",
                "2 v 2 1 2",
                "3 e");

        RunVerdict verdict = judge(PropertySet.UNIFORM_RELIABLE_BROADCAST, Set.of(3), run);

        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
        assertThat(verdict.verdicts()).extracting(Verdict::property).contains(Property.GM1, Property.GM2, Property.VS);
    }

    @Test
    void whoJoinedDetectsThoseItMet() {
        List<String> run = List.of(
                "1 v 1 1 2 3",
                "2 v 1 1 2 3",
                "1 x 3",
                "1 v 2 1 2 1003",
                "2 v 2 1 2 1003",
                "1003 v 2 1 2 1003",
                "1 x 2",
                "1 v 3 1 1003",
                "1003 v 3 1 1003");

        RunVerdict missed = judge(PropertySet.FAILURE_DETECTOR, Set.of(2, 3), run, "1003");
        RunVerdict found = judge(PropertySet.FAILURE_DETECTOR, Set.of(2, 3), with(run, "1003 x 2"), "1003");

        assertThat(missed.of(Property.EPFD1).words())
                .isEqualTo("second crashed, and third/2, which is correct, does not suspect it at the end");
        assertThat(found.of(Property.EPFD1).outcome()).isEqualTo(HOLDS);
    }

    @Test
    void whatProvesNothingIsInconclusive() {
        assertThat(judge(PropertySet.RELIABLE_BROADCAST, Set.of(), List.of())
                        .of(Property.RB4)
                        .words())
                .isEqualTo("nobody broadcast anything");
        assertThat(judge(PropertySet.RELIABLE_BROADCAST, Set.of(2, 3), List.of("1 b 1", "1 d 1 1"))
                        .of(Property.RB4)
                        .words())
                .isEqualTo("only 1 of 3 processes are correct; at least two must be");
        assertThat(judge(PropertySet.RELIABLE_BROADCAST, Set.of(), List.of("1 b 1", "1 d 1 1", "2 d 1 1"))
                        .of(Property.RB4)
                        .words())
                .isEqualTo("the log of third, which is correct, is empty");
    }

    @Test
    void anUnfinishedRunIsInconclusiveButNoExcuseForWhatNothingCanMend() {
        RunMonitors monitors = new RunMonitors(PropertySet.RELIABLE_BROADCAST);
        List.of("1 b 1", "1 b 2", "1 d 1 2", "2 d 1 2").forEach(line -> feed(monitors, line));

        RunVerdict verdict =
                monitors.verdict(new RunFacts(names(), Set.of(), false, Optional.of("load had not stopped")));

        assertThat(verdict.of(Property.FRB5).outcome()).isEqualTo(VIOLATED);
        assertThat(verdict.of(Property.RB4).outcome()).isEqualTo(INCONCLUSIVE);
        assertThat(verdict.of(Property.RB1).words()).isEqualTo("load had not stopped");
        assertThat(verdict.holds()).isFalse();
    }

    private static void assertViolated(Property property, String words, String... run) {
        Verdict verdict =
                judge(PropertySet.of("one", property), Set.of(), List.of(run)).of(property);
        assertThat(verdict.words()).isEqualTo(words);
        // Where a correct process has logged nothing, only what cannot be mended counts.
        assertThat(verdict.outcome()).isEqualTo(VIOLATED);
    }

    private static RunVerdict judge(PropertySet set, Set<Integer> crashed, List<String> run, String... joined) {
        RunMonitors monitors = new RunMonitors(set);
        run.forEach(line -> feed(monitors, line));
        SortedMap<Integer, String> names = names();
        for (String process : joined) {
            names.put(Integer.valueOf(process), names.get(Integer.parseInt(process) % 1000) + "/2");
        }
        return monitors.verdict(RunFacts.of(names, crashed));
    }

    private static SortedMap<Integer, String> names() {
        return new TreeMap<>(Map.of(1, "first", 2, "second", 3, "third"));
    }

    private static void feed(RunMonitors monitors, String line) {
        int space = line.indexOf(' ');
        monitors.event(Integer.parseInt(line.substring(0, space)), EventLogFormat.parse(line.substring(space + 1)));
    }

    private static List<String> with(List<String> run, String more) {
        List<String> longer = new java.util.ArrayList<>(run);
        longer.add(more);
        return longer;
    }
}
