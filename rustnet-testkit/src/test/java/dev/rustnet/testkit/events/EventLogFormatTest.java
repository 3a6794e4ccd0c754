package dev.rustnet.testkit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLogFormatTest {
    @ParameterizedTest
    @ValueSource(strings = {"b 1", "b 999999999999999999", "d 4 17", "d 1003 1", "x 2", "r 2", "v 3 1 2 1003", "e"})
    void whatIsParsedIsWrittenTheSame(String line) {
        assertThat(EventLogFormat.line(EventLogFormat.parse(line))).isEqualTo(line);
    }

    @Test
    void aLineBecomesItsEvent() {
        assertThat(EventLogFormat.parse("d 4 17")).isEqualTo(new Event.Deliver(4, 17));
        assertThat(EventLogFormat.parse("v 3 1 2")).isEqualTo(new Event.InstallView(3, List.of(1, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "q 1",
                "b",
                "b ",
                "b x",
                "b 0",
                "b -1",
                "b 1 ",
                "b 1 2",
                "b  1",
                "d 1",
                "d 100000 1",
                "d 1 2 3",
                "b 9999999999999999999",
                "e 1",
                "x",
                "v",
                "v 1 ",
                "B 1",
                "b 1\r"
            })
    void anythingElseIsRefused(String line) {
        assertThatThrownBy(() -> EventLogFormat.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRefusalSaysWhatIsWrong() {
        assertThatThrownBy(() -> EventLogFormat.parse("d 4"))
                .hasMessage("\"d 4\": SEQ must be a whole number from 1, after one space");
    }
}
