package dev.rustnet.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MicroTableTest {
    @Test
    void figuresAreAsPreciseAsTheyAreGood() {
        String table = MicroTable.of(List.of(
                new MicroFigure("Frame.encode", "messages = 1000", 12_345.6, 123.4, 288.01),
                new MicroFigure("Outbox.putAndTake", "", 9.87, 0.04, 0.0003)));

        assertThat(table).isEqualTo("""
                        | | with | ns per operation | ± | bytes allocated per operation |
                        |---|---|---|---|---|
                        | Frame.encode | messages = 1000 | 12,346 | 123 | 288 |
                        | Outbox.putAndTake |  | 9.9 | 0.0 | 0 |
                        """);
    }

    @Test
    void twoIterationsHaveNoError() {
        assertThat(MicroTable.of(List.of(new MicroFigure("Frame.encode", "", 1, Double.NaN, 8))))
                .endsWith("| Frame.encode |  | 1.0 |  | 8.0 |\n");
    }
}
