package dev.rustnet.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import org.junit.jupiter.api.Test;

class OriginsTest {
    @Test
    void aBlockMadeOfSingleSettingsHasThePlaceOfOneOfThem() {
        Config told = ConfigFactory.empty()
                .withValue("rustnet.components.workload.log", ConfigValueFactory.fromAnyRef("x", "--set"))
                .withValue("rustnet.components.workload.enabled", ConfigValueFactory.fromAnyRef(true, "--set"));

        assertThat(Origins.of(told, "rustnet.components.workload")).isEqualTo("--set");
        assertThat(Origins.of(told, "rustnet.components")).isEqualTo("--set");
    }
}
