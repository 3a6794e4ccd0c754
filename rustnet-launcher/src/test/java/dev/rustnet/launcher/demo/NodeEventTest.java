package dev.rustnet.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeEventTest {
    @ParameterizedTest
    @ValueSource(strings = {"joined second", "crashed third", "delivered first 12"})
    void isTheSameAfterALine(String line) {
        assertThat(NodeEvent.parse(line).orElseThrow().line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "joined", "joined a b", "delivered first", "delivered first x", "anything else"})
    void isNotInAnyOtherLine(String line) {
        assertThat(NodeEvent.parse(line)).isEmpty();
    }

    @Test
    void theEndOfAProcessIsSeenAndNotSaid() {
        assertThatThrownBy(() -> new NodeEvent.Ended(1).line()).isInstanceOf(IllegalStateException.class);
    }
}
