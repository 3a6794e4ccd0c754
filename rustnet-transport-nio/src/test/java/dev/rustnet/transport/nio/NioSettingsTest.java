package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.transport.TransportProvider;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NioSettingsTest {
    @Test
    void readsTheDefaultsOfItsJar() {
        NioSettings settings = NioSettings.of(Loopback.config(""));

        assertThat(settings.readBuffer()).isEqualTo(256 * 1024);
        assertThat(settings.sendBuffer()).isZero();
        assertThat(settings.pollBudget()).isEqualTo(Duration.ofMillis(2));
    }

    @ParameterizedTest
    @CsvSource({
        "backlog = 0, backlog, from 1 to 65535",
        "backlog = many, backlog, a whole number",
        "read-buffer = 1KiB, read-buffer, from 4096 to",
        "send-buffer = 2GiB, send-buffer, from 0 to",
        "poll-budget = 0s, poll-budget, a duration",
        "close-timeout = soon, close-timeout, a duration",
        "back-log = 7, back-log, 'is not a setting of the nio transport, which has accept-pause, backlog'",
    })
    void refusesAValueThatIsNone(String setting, String key, String sentence) {
        var error = catchThrowableOfType(InvalidSettingException.class, () -> NioSettings.of(Loopback.config(setting)));

        assertThat(error.key()).isEqualTo(key);
        assertThat(error).hasMessageContaining(sentence);
    }

    @Test
    void isFoundByName() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .filteredOn(provider -> provider.name().equals("nio"))
                .singleElement()
                .isInstanceOf(NioTransportProvider.class);
    }
}
