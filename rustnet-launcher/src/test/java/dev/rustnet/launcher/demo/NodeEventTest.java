package dev.rustnet.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeEventTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "installed 1 members=first,second left= excluded=",
                "installed 3 members=first,third/2 left=fourth excluded=second,third",
                "suspected third",
                "restored third/2",
                "delivered first 12",
                "rested"
            })
    void isTheSameAfterALine(String line) {
        assertThat(NodeEvent.parse(line).orElseThrow().line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "suspected",
                "suspected a b",
                "delivered first",
                "delivered first x",
                "installed 1 members= left= excluded=",
                "installed x members=first left= excluded=",
                "anything else"
            })
    void isNotInAnyOtherLine(String line) {
        assertThat(NodeEvent.parse(line)).isEmpty();
    }

    @Test
    void theEndOfAProcessIsSeenAndNotSaid() {
        assertThatThrownBy(() -> new NodeEvent.Ended(1).line()).isInstanceOf(IllegalStateException.class);
    }
}
