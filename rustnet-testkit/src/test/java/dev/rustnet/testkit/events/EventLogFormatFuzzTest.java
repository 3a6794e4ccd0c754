package dev.rustnet.testkit.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Logs that other programs wrote. */
class EventLogFormatFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void aLineIsAnEventThatIsWrittenAsItWasOrIsRefused(FuzzedDataProvider data) {
        String line = data.consumeRemainingAsString();
        Event event;
        try {
            event = EventLogFormat.parse(line);
        } catch (RuntimeException refused) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        assertThat(EventLogFormat.parse(EventLogFormat.line(event))).isEqualTo(event);
    }
}
