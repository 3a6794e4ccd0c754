package dev.rustnet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KEYS = List.of("timeout", "heartbeat-interval", "assume-synchrony");

    @Test
    void findsTheNearestKnownWord() {
        assertThat(Suggestion.nearest("timeuot", KEYS)).contains("timeout");
        assertThat(Suggestion.nearest("heart-beat-interval", KEYS)).contains("heartbeat-interval");
    }

    @Test
    void proposesNothingForAWordThatIsLikeNone() {
        assertThat(Suggestion.nearest("window", KEYS)).isEmpty();
        assertThat(Suggestion.nearest("timeout", List.of())).isEmpty();
    }

    @Test
    void countsAnExchangeOfNeighboursAsOne() {
        assertThat(Suggestion.distance("timeuot", "timeout")).isEqualTo(1);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void writesClassNamesInKebabCase() {
        assertThat(KebabCase.of("GroupMembership")).isEqualTo("group-membership");
        assertThat(KebabCase.of("TCPTransport2Go")).isEqualTo("tcp-transport2-go");
    }
}
