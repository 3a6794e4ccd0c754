package dev.rustnet.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuaranteeConverterTest {
    private final GuaranteeConverter converter = new GuaranteeConverter();

    @Test
    void takesTheGuaranteeOrTheNameOfItsComponent() {
        assertThat(converter.convert("best-effort")).isEqualTo(Guarantee.BEST_EFFORT);
        assertThat(converter.convert("uniform-reliable-broadcast")).isEqualTo(Guarantee.UNIFORM_RELIABLE);
    }
}
