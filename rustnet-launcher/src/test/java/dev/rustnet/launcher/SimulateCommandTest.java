package dev.rustnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aRunThatHoldsEndsWellAndTheSameSeedGivesTheSameTrace() {
        assertThat(execute("--crash", "1", "--seed", "42")).isZero();
        String first = out.toString();
        out.getBuffer().setLength(0);
        assertThat(execute("--crash", "1", "--seed", "42")).isZero();

        assertThat(out.toString())
                .isEqualTo(first)
                .contains("seed 42: ", "trace ")
                .containsPattern("holds +URB4 uniform agreement");
    }

    @Test
    void aBroadcastThatIsTooWeakFailsAndTheReportSaysHowToSeeItAgain() {
        assertThat(execute("--component=best-effort", "--check=reliable-broadcast", "--crash=1", "--seeds=200"))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains("RB4 agreement: violated", "new FaultPlan()")
                .containsPattern("VIOLATED +RB4 agreement")
                .containsPattern(
                        "see it: rustnet simulate --component best-effort --check reliable-broadcast --processes 4"
                                + " --messages 5 --crash 1 --seed (\\d+) --html seed-\\1\\.html");
    }

    @Test
    void collectNamesAllSeedsThatFailAndTheFirstIsTheSameOnAnyNumberOfThreads() {
        assertThat(execute(
                        "--component=best-effort",
                        "--check=reliable-broadcast",
                        "--crash=1",
                        "--seeds=60",
                        "--collect"))
                .isEqualTo(1);
        String all = failed();
        out.getBuffer().setLength(0);
        assertThat(execute(
                        "--component=best-effort",
                        "--check=reliable-broadcast",
                        "--crash=1",
                        "--seeds=60",
                        "--collect",
                        "--threads=1"))
                .isEqualTo(1);

        assertThat(failed()).isEqualTo(all);
        assertThat(out.toString()).contains("60 seeds in ");
    }

    private String failed() {
        return out.toString()
                .lines()
                .filter(line -> line.contains(" failed: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSeedAtWhichItStopsIsTheLowestThatFailsOnAnyNumberOfThreads() {
        String[] weak = {"--component=best-effort", "--check=reliable-broadcast", "--crash=1", "--until-failure"};
        assertThat(execute(
                        Stream.concat(Stream.of(weak), Stream.of("--threads=1")).toArray(String[]::new)))
                .isEqualTo(1);
        String alone = seeIt();
        out.getBuffer().setLength(0);
        assertThat(execute(
                        Stream.concat(Stream.of(weak), Stream.of("--threads=4")).toArray(String[]::new)))
                .isEqualTo(1);

        assertThat(seeIt()).isEqualTo(alone);
    }

    @Test
    void faultsByHandHappenAndTheCommandThatIsPrintedRunsTheSameAgain(@TempDir Path directory) throws Exception {
        Path plan = directory.resolve("the plan.txt");
        Files.writeString(plan, "# a process is gone\nat 900ms crash p4\n\n");
        assertThat(execute(
                        "--component=best-effort",
                        "--check=reliable-broadcast",
                        "--every=20ms",
                        "--payload=40",
                        "--network=rough",
                        "--fault=at 540ms partition p1,p2 from p3,p4 for 1s",
                        "--fault=at 620ms crash p1 after 2 sends",
                        "--fault-plan=" + plan,
                        "--set=rustnet.components.failure-detector.timeout=4 s",
                        "--seed=5"))
                .isEqualTo(1);
        String first = out.toString();
        assertThat(first)
                .contains(
                        "crashAfterSends(\"p1\", 2)",
                        "partition(\"p1,p2\", \"p3,p4\")",
                        ".at(1540000, MICROSECONDS).heal(\"p1,p2\", \"p3,p4\")",
                        "crash(\"p4\")");

        out.getBuffer().setLength(0);
        String command = first.substring(first.indexOf("see it: ") + 8, first.indexOf(" --html"));
        assertThat(execute(words(command).subList(2, words(command).size()).toArray(String[]::new)))
                .isEqualTo(1);

        assertThat(out.toString()).isEqualTo(first);
    }

    /** As a shell splits it, for what stands there: words, some of them in single quotes. */
    private static List<String> words(String command) {
        return java.util.regex.Pattern.compile("'([^']*)'|\\S+")
                .matcher(command)
                .results()
                .map(match -> match.group(1) == null ? match.group() : match.group(1))
                .toList();
    }

    @Test
    void processesComeBackWhereTheMembershipTakesThem() {
        assertThat(execute(
                        "--restarts=2",
                        "--processes=5",
                        "--messages=20",
                        "--seeds=6",
                        "--set=rustnet.services.group-membership=group-membership",
                        "--set=rustnet.components.group-membership.join-timeout=5s"))
                .as(() -> out.toString())
                .isZero();

        assertThat(out.toString()).containsPattern("\\d restarts").containsPattern("\\d installed views");
    }

    @Test
    void clocksJumpAndNothingElse() {
        assertThat(execute("--clock-jumps=3", "--seeds=6")).isZero();

        assertThat(out.toString()).containsPattern("\\d moved clocks").contains("not tested: connection resets");
    }

    @Test
    void someBroadcastAndTheOthersDeliver() {
        assertThat(execute("--senders=1", "--messages=7", "--seeds=2")).isZero();

        assertThat(out.toString()).containsPattern(" 14 broadcasts").containsPattern(" 56 deliveries");
    }

    @Test
    void aNetworkFromTheSeedAndItsDelaysStandInTheCommandThatRunsItAgain() {
        assertThat(execute(
                        "--component=best-effort",
                        "--check=reliable-broadcast",
                        "--crash=1",
                        "--crash-at-events",
                        "--network=random",
                        "--delays=heavy-tail",
                        "--until-failure"))
                .isEqualTo(1);
        String seeIt = seeIt();
        assertThat(seeIt).contains("--crash 1 --crash-at-events --network random --delays heavy-tail --seed ");
        String first = out.toString();

        again(seeIt);

        assertThat(first).endsWith(out.toString().substring(out.toString().indexOf("new FaultPlan()")));
    }

    @Test
    void aRunMadeSmallerOnANetworkFromTheSeedRunsAgain() {
        assertThat(execute(
                        "--component=best-effort",
                        "--check=reliable-broadcast",
                        "--processes=3",
                        "--messages=2",
                        "--crash=1",
                        "--network=random",
                        "--until-failure",
                        "--shrink"))
                .isEqualTo(1);

        again(seeIt());

        assertThat(out.toString()).containsPattern("VIOLATED +RB4 agreement");
    }

    /** Runs the command of such a line, which must fail. */
    private void again(String seeIt) {
        out.getBuffer().setLength(0);
        String command = seeIt.substring("see it: ".length(), seeIt.indexOf(" --html"));
        assertThat(execute(words(command).subList(2, words(command).size()).toArray(String[]::new)))
                .isEqualTo(1);
    }

    @Test
    void aComponentByItsNameIsJudgedByWhatItProvides() {
        assertThat(execute("--component=failure-detector", "--crash=1")).isZero();
        assertThat(out.toString()).contains("EPFD1 strong completeness");
        out.getBuffer().setLength(0);

        assertThat(execute("--component=best-effort-broadcast")).isZero();
        assertThat(out.toString()).contains("BEB1 validity");
        out.getBuffer().setLength(0);

        assertThat(execute("--component=static-membership")).isZero();
        assertThat(out.toString()).contains("URB4 uniform agreement");
    }

    @Test
    void whatBreaksAnAssumptionIsSaid() {
        assertThat(execute("--crash=2")).isEqualTo(1);

        assertThat(out.toString()).contains("note: 2 of 4 processes crash", "commit=all");
    }

    @Test
    void theTimeLimitEndsItAndWhatIsLeftIsSaid() {
        assertThat(execute("--seeds=1000000", "--time-limit=1500ms")).isZero();

        assertThat(out.toString()).containsPattern("the time is up: 9\\d\\d,\\d{3} seeds are left");
    }

    private String seeIt() {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("see it: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manySeedsThatHoldEndWellAndSayWhatTheyExercised() {
        assertThat(execute("--faults", "--crash=1", "--seeds=6", "--messages=30"))
                .isZero();

        assertThat(out.toString())
                .contains("6 seeds in ", "6 crashes", "uniform-reliable-broadcast holds in all of them")
                .contains("never happened, so not tested: ")
                .containsPattern("\\d+ relayed messages");
    }

    @Test
    void writesEveryKindOfDiagram(@TempDir Path directory) throws Exception {
        Path html = directory.resolve("run.html");
        Path svg = directory.resolve("run.svg");
        Path mermaid = directory.resolve("run.mmd");
        Path shiviz = directory.resolve("run.log");

        assertThat(execute("--crash=1", "--html=" + html, "--svg=" + svg, "--mermaid=" + mermaid, "--shiviz=" + shiviz))
                .isZero();

        String page = Files.readString(html);
        String json = page.substring(page.indexOf("json\">") + 6, page.indexOf("</script>"));
        Map<String, Object> data = JSON.std.mapFrom(json);
        assertThat((List<?>) data.get("processes")).hasSize(4);
        assertThat((List<?>) data.get("points")).hasSizeGreaterThan(100);
        assertThat(page).doesNotContain("/*DATA*/").doesNotContain("src=").doesNotContain("href=");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(svg.toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
        assertThat(Files.readAllLines(mermaid))
                .startsWith("sequenceDiagram", "    participant P1 as p1")
                .hasSizeGreaterThan(50);
        assertThat(Files.readAllLines(shiviz)).hasSizeGreaterThan(100);
        assertThat(out.toString()).contains("written: " + html, "written: " + shiviz);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed(@TempDir Path directory) {
        assertThat(execute("--html=" + directory.resolve("absent/run.html"))).isEqualTo(1);

        assertThat(err.toString()).contains("absent/run.html cannot be written").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--processes=0",
                "--messages=0",
                "--messages=1,2",
                "--rest=0s",
                "--crash=5",
                "--seeds=0",
                "--threads=0",
                "--time-limit=0",
                "--check=telepathy",
                "--component=telepathy",
                "--fault=at 1s crash p9",
                "--fault=crash p1",
                "--fault-plan=absent.txt",
                "--payload=11",
                "--senders=5",
                "--restarts=5",
                "--clock-jumps=-1",
                "--network=telepathy",
                "--network=random:x",
                "--delays=never",
                "--every=soon",
                "--set=rustnt.x=1"
            })
    void whatMakesNoSenseIsRefusedByTheNameOfItsOption(String option) {
        assertThat(execute(option)).isEqualTo(2);

        assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')));
    }

    private int execute(String... arguments) {
        String[] all =
                Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
