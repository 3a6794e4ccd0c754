package dev.rustnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConfigCommandTest {
    @Test
    void printsEachSettingOfRustnetWithFileAndLineSortedByPath() {
        StringWriter out = new StringWriter();

        ConfigCommand.print(
                ConfigFactory.parseString(
                        "rustnet.node.name = first\nrustnet.components.a.timeout = 5s\nuser.home = x",
                        ConfigParseOptions.defaults().setOriginDescription("node.conf")),
                new PrintWriter(out, true));

        assertThat(out.toString().lines())
                .containsExactly(
                        "rustnet.components.a.timeout = \"5s\"   # node.conf:2",
                        "rustnet.node.name = \"first\"   # node.conf:1");
    }
}
