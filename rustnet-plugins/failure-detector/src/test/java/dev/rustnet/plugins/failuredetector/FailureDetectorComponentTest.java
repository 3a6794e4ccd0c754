package dev.rustnet.plugins.failuredetector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureDetectorComponentTest {
    private final FailureDetectorComponent component = new FailureDetectorComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.failure-detector {" + text + "}")
                .withFallback(ConfigFactory.parseResources(
                        FailureDetectorComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.failure-detector");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(NetComponent.class)).hasAtLeastOneElementOfType(FailureDetectorComponent.class);
    }

    @Test
    void everyKeyOfReferenceConfIsDeclared() {
        Set<String> keys = new HashSet<>(own("").root().keySet());
        keys.remove("enabled");

        assertThat(component.settings().all())
                .extracting(Settings.Setting::key)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void theDefaultAssumesNoSynchrony() {
        ComponentDescriptor descriptor = component.descriptor(own(""));

        assertThat(descriptor.provides()).containsExactly(FailureDetector.class);
        assertThat(descriptor.requires()).isEmpty();
        assertThat(descriptor.agreed()).containsExactly("assume-synchrony", "neighbours");
    }

    @Test
    void onlyWithSynchronyAssumedIsItPerfect() {
        ComponentDescriptor descriptor = component.descriptor(own("assume-synchrony = true"));

        assertThat(descriptor.provides()).containsExactly(FailureDetector.class, PerfectFailureDetector.class);
        assertThat(descriptor.agreed())
                .containsExactly("assume-synchrony", "neighbours", "heartbeat-interval", "timeout");
    }

    @Test
    void withNeighboursItIsNotWhatOthersTakeItFor() {
        assertThat(component.descriptor(own("")).breaks()).isEmpty();
        assertThat(component.descriptor(own("neighbours = 3")).breaks())
                .containsExactly(new ComponentDescriptor.Broken(
                        Assumption.EVENTUALLY_PERFECT_FAILURE_DETECTION, "neighbours = 3"));
    }

    @Test
    void neighboursAndSynchronyAreRefused() {
        assertThatThrownBy(() -> component.descriptor(own("neighbours = 3, assume-synchrony = true")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("a crash must then be announced at every process")
                .extracting(e -> ((InvalidSettingException) e).key())
                .isEqualTo("neighbours");
    }

    @Test
    void aTimeoutNoLongerThanTheIntervalIsRefused() {
        assertThatThrownBy(() -> component.descriptor(own("heartbeat-interval = 5s, timeout = 5000ms")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("must be longer than heartbeat-interval (5s)")
                .extracting(e -> ((InvalidSettingException) e).key())
                .isEqualTo("timeout");
    }
}
