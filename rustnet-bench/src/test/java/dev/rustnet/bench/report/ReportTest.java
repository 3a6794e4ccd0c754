package dev.rustnet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.work.Metric;
import dev.rustnet.bench.work.Workload;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
    private final Section section = new Section(Workload.ONE_SENDER, 4, 1024);
    private final Report report = new Report("a machine", 3, List.of("a note"), List.of(section));

    ReportTest() {
        rates(Contender.RAW, 1_000, 2_000, 900);
        rates(Contender.UNIFORM_RELIABLE, 500, 700, 300);
        rates(Contender.JGROUPS, 250, 200, 300);
    }

    private void rates(Contender contender, double... rates) {
        for (double rate : rates) {
            section.add(contender, Map.of(Metric.RATE, rate, Metric.WRONG, 0.0));
        }
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleOnes() {
        assertThat(new Figure(List.of(4.0, 1.0, 2.0, 8.0)).median()).isEqualTo(3);
        assertThat(new Figure(List.of(4.0, 1.0, 8.0)).median()).isEqualTo(4);
    }

    @Test
    void aFigureNeedsALaunch() {
        assertThatThrownBy(() -> new Figure(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTableHasMediansRangesAndBothRatios() {
        assertThat(MarkdownTable.of(section))
                .contains("| | msgs/s | of raw NIO | of JGroups | wrong |")
                .contains("| raw NIO | 1,000 (900 to 2,000) | 1.00 | 4.00 | 0 (0 to 0) |")
                .contains("| uniform reliable broadcast | 500 (300 to 700) | 0.50 | 2.00 | 0 (0 to 0) |");
    }

    @Test
    void ratiosStayEmptyWhereTheOtherWasNotMeasured() {
        var alone = new Section(Workload.LATENCY, 4, 1024);
        alone.add(Contender.RAW, Map.of(Metric.P50, 100.0));

        assertThat(MarkdownTable.of(alone)).contains("| raw NIO | 100 | 1.00 |  |");
    }

    @Test
    void theJsonFileHasEveryLaunch() throws IOException {
        assertThat(JsonFile.of(report))
                .contains("\"uniform-reliable\"")
                .containsPattern("\\[\\s*500.0,\\s*700.0,\\s*300.0\\s*]");
    }

    @Test
    void thePlotIsXmlWithABarForEachContender() throws Exception {
        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgPlot.of(report))));

        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(3);
    }
}
