package dev.rustnet.plugins.besteffortbroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.GroupMembership;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BestEffortBroadcastComponentTest {
    private final BestEffortBroadcastComponent component = new BestEffortBroadcastComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.best-effort-broadcast {" + text + "}")
                .withFallback(ConfigFactory.parseResources(
                        BestEffortBroadcastComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.best-effort-broadcast");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(NetComponent.class))
                .hasAtLeastOneElementOfType(BestEffortBroadcastComponent.class);
    }

    @Test
    void everyKeyOfReferenceConfAndTheWindowAreDeclared() {
        Set<String> keys = new HashSet<>(own("").root().keySet());
        keys.remove("enabled");
        keys.addAll(List.of("window-bytes", "window-messages"));

        assertThat(component.settings().all())
                .extracting(Settings.Setting::key)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void needsNoFailureDetector() {
        ComponentDescriptor descriptor = component.descriptor(own(""));

        assertThat(descriptor.provides()).containsExactly(BestEffortBroadcast.class);
        assertThat(descriptor.requires()).containsExactly(GroupMembership.class);
        assertThat(descriptor.requiresOptional()).isEmpty();
    }

    @Test
    void itsReferenceLeavesTheWindowToTheOneOfAllBroadcasts() {
        assertThat(own("").root()).doesNotContainKeys("window-bytes", "window-messages");
    }
}
