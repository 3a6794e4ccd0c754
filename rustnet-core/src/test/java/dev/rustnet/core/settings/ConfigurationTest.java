package dev.rustnet.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.group.Group.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String OVERRIDE = "rustnet.node.cluster";

    @TempDir
    Path folder;

    @AfterEach
    void clearOverride() {
        System.clearProperty(OVERRIDE);
        ConfigFactory.invalidateCaches();
    }

    @Test
    void everyKeyOfTheReferenceHasAComment() {
        Config reference = ConfigFactory.parseResources("reference.conf");

        assertThat(reference.entrySet()).isNotEmpty().allSatisfy(entry -> assertThat(
                        entry.getValue().origin().comments())
                .as(entry.getKey())
                .isNotEmpty());
    }

    @Test
    void theReferenceIsSoundByItself() {
        NodeSettings settings = read("rustnet { node.name = a, peers = [\"a@10.0.0.1:1\"] }");

        assertThat(settings.window().windowBytes()).isEqualTo(4 << 20);
        assertThat(settings.window().windowMessages()).isEqualTo(16_384);
        assertThat(settings.maxMessageLength()).isEqualTo(1 << 20);
        assertThat(settings.stopOnComponentFailure()).isTrue();
    }

    @Test
    void aPeerWithoutANameIsCalledAsItsAddressIsWritten() {
        NodeSettings settings = read("""
                rustnet {
                  node { name = "whatever I call myself", advertise = "1.2.3.4:8888" }
                  peers = ["first@172.17.0.2:8888", "1.2.3.4:8888", "third@[::1]:8888", "[fe80::1]:8888"]
                }
                """);

        assertThat(settings.name()).isEqualTo("1.2.3.4:8888");
        assertThat(settings.advertise()).isEqualTo("1.2.3.4:8888");
        assertThat(settings.group().members())
                .containsExactly(
                        new Member("1.2.3.4:8888", "1.2.3.4:8888"),
                        new Member("[fe80::1]:8888", "[fe80::1]:8888"),
                        new Member("first", "172.17.0.2:8888"),
                        new Member("third", "[::1]:8888"));
    }

    @Test
    void theOwnEntryIsWhatOthersDialUnlessAdvertiseSaysOtherwise() {
        String peers = "rustnet.peers = [\"a@10.0.0.1:1\"], rustnet.node.name = a\n";

        assertThat(read(peers).advertise()).isEqualTo("10.0.0.1:1");
        assertThat(read(peers + "rustnet.node.advertise = \"nat:2\"").advertise())
                .isEqualTo("nat:2");
    }

    @Test
    void aProcessWithoutANameFindsItselfByTheAddressItAdvertises() {
        NodeSettings settings =
                read("rustnet { node.advertise = \"10.0.0.2:1\", peers = [\"a@10.0.0.1:1\", \"b@10.0.0.2:1\"] }");

        assertThat(settings.name()).isEqualTo("b");
    }

    @Test
    void aSystemPropertyOverridesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("node.conf"), "rustnet.node.cluster = from-file");
        System.setProperty(OVERRIDE, "from-property");
        ConfigFactory.invalidateCaches();

        assertThat(Configuration.file(file).getString(OVERRIDE)).isEqualTo("from-property");
    }

    @Test
    void theEnvironmentStandsForAValueAsTypesafeConfigDoesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("node.conf"), "rustnet.node.cluster = ${?PATH}");

        Configuration configuration =
                Configuration.of(Configuration.file(file), getClass().getClassLoader());

        assertThat(configuration.effective().getString(OVERRIDE)).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void propertiesThatAreNotAboutANodeAreNoUnknownKeys() throws IOException {
        Path file = Files.writeString(folder.resolve("node.conf"), "rustnet.node.name = a");
        System.setProperty("rustnet.seed-of-this-test", "7");
        try {
            ConfigFactory.invalidateCaches();
            Configuration configuration =
                    Configuration.of(Configuration.file(file), getClass().getClassLoader());

            assertThat(configuration.unknownSections()).isEmpty();
        } finally {
            System.clearProperty("rustnet.seed-of-this-test");
        }
    }

    @Test
    void twoWaysToWriteAValueAreOneToTheHandshake() {
        var settings = dev.rustnet.component.Settings.none()
                .duration("timeout", java.time.Duration.ZERO, java.time.Duration.ofHours(1))
                .size("size", 0, 1 << 30);
        Config one = ConfigFactory.parseString("timeout = 5s, size = 1MiB");
        Config two = ConfigFactory.parseString("timeout = 5000, size = 1024KiB");

        for (String key : List.of("timeout", "size", "absent")) {
            assertThat(CanonicalValue.of(one, settings, key)).isEqualTo(CanonicalValue.of(two, settings, key));
        }
        assertThat(CanonicalValue.of(one, settings, "timeout")).isEqualTo("5s");
    }

    private static NodeSettings read(String hocon) {
        Configuration configuration =
                Configuration.of(ConfigFactory.parseString(hocon), ConfigurationTest.class.getClassLoader());
        List<Problem> problems = new ArrayList<>();
        Optional<NodeSettings> settings = NodeSettingsReader.read(configuration.effective(), problems);
        assertThat(problems).isEmpty();
        return settings.orElseThrow();
    }
}
