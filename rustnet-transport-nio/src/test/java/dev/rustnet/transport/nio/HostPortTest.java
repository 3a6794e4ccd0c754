package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "first:8888, first, 8888, first:8888",
        "127.0.0.1:0, 127.0.0.1, 0, 127.0.0.1:0",
        "[::1]:65535, ::1, 65535, [::1]:65535",
        ":::80, ::, 80, [::]:80",
    })
    void readsHostAndPort(String text, String host, int port, String formatted) {
        HostPort address = HostPort.parse(text);

        assertThat(address).isEqualTo(new HostPort(host, port)).hasToString(formatted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "first", ":80", " :80", "first:", "first:eight", "first:65536", "first:-1", "[]:1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is not host:port");
    }

    @Test
    void knowsWhichHostsNeedNoResolution() {
        assertThat(new HostPort("10.0.0.255", 1).literal()).isTrue();
        assertThat(new HostPort("fe80::1", 1).literal()).isTrue();
        assertThat(new HostPort("10.0.0", 1).literal()).isFalse();
        assertThat(new HostPort("10.0.0.256", 1).literal()).isFalse();
        assertThat(new HostPort("1.2.3.4.5", 1).literal()).isFalse();
        assertThat(new HostPort("first", 1).literal()).isFalse();
    }
}
