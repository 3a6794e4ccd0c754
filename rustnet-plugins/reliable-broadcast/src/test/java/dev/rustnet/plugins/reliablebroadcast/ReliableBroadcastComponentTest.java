package dev.rustnet.plugins.reliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReliableBroadcastComponentTest {
    private final ReliableBroadcastComponent component = new ReliableBroadcastComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.reliable-broadcast {" + text + "}")
                .withFallback(ConfigFactory.parseResources(
                        ReliableBroadcastComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.reliable-broadcast");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(NetComponent.class)).hasAtLeastOneElementOfType(ReliableBroadcastComponent.class);
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
    void requiresMembershipAndAFailureDetector() {
        ComponentDescriptor descriptor = component.descriptor(own(""));

        assertThat(descriptor.provides()).containsExactly(ReliableBroadcast.class);
        assertThat(descriptor.requires()).containsExactlyInAnyOrder(GroupMembership.class, FailureDetector.class);
    }

    @Test
    void itsReferenceLeavesTheWindowToTheOneOfAllBroadcasts() {
        assertThat(own("").root()).doesNotContainKeys("window-bytes", "window-messages");
    }
}
