package dev.rustnet.plugins.vectorclock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.clock.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShiVizLogTest {
    private final List<String> lines = new ArrayList<>();

    /** As ShiViz does, but that Java wants the braces of the expression escaped. */
    private Matcher read() {
        String expression = ShiVizLog.EXPRESSION.replace("{.*}", "\\{.*\\}");
        return Pattern.compile(expression).matcher(String.join("\n", lines));
    }

    @Test
    void eachEventIsReadByTheDocumentedExpression() {
        new ShiVizLog("10.0.0.1:8888", lines::add)
                .accept("broadcasts over orders", VectorTimestamp.of(List.of("10.0.0.1:8888", "b", "c"), 4, 0, 2));

        Matcher log = read();
        assertThat(log.find()).isTrue();
        assertThat(log.group("host")).isEqualTo("10.0.0.1:8888");
        assertThat(log.group("clock")).isEqualTo("{\"10.0.0.1:8888\":4, \"c\":2}");
        assertThat(log.group("event")).isEqualTo("broadcasts over orders");
        assertThat(log.find()).isFalse();
    }

    @Test
    void whatCameIntoTheGroupLaterIsAHostOfItsOwnThatBeginsWithOne() {
        new ShiVizLog("a", lines::add)
                .accept("ticks", VectorTimestamp.of(List.of("a", "b"), VectorTimestamp.start(3) + 1, 7));

        assertThat(lines).containsExactly("a@3 {\"a@3\":1, \"b\":7}", "ticks");
    }

    @Test
    void aNameThatWouldEndTheWordIsWrittenWithoutWhatDoesSo() {
        new ShiVizLog("my \"first\" node", lines::add)
                .accept("ticks", VectorTimestamp.of(List.of("my \"first\" node"), 1));

        assertThat(read().find()).isTrue();
        assertThat(lines.get(0)).isEqualTo("my__first__node {\"my__first__node\":1}");
    }
}
