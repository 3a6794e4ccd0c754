package dev.rustnet.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void coloursOnlyWhatLeadsToAScreen() {
        Terminal outputPiped = Terminal.of("02");

        assertThat(outputPiped.outputStyle(Map.of())).isEqualTo(Style.PLAIN);
        assertThat(outputPiped.errorStyle(Map.of())).isEqualTo(Style.COLOUR);
        assertThat(outputPiped.input()).isTrue();
    }

    @Test
    void honoursNoColorAndDumbTerminals() {
        Terminal all = Terminal.of("012");

        assertThat(all.outputStyle(Map.of("NO_COLOR", "1"))).isEqualTo(Style.PLAIN);
        assertThat(all.outputStyle(Map.of("NO_COLOR", ""))).isEqualTo(Style.COLOUR);
        assertThat(all.outputStyle(Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
    }

    @Test
    void takesNothingForAScreenWhenNobodySaysSo() {
        assertThat(Terminal.of("")).isEqualTo(new Terminal(false, false, false));
    }

    @Test
    void plainTextStaysAsItIs() {
        assertThat(Style.PLAIN.bad("KILLED")).isEqualTo("KILLED");
        assertThat(Style.COLOUR.bad("KILLED")).isEqualTo("\u001b[31mKILLED\u001b[0m");
    }
}
