package dev.rustnet.plugins.staticmembership;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StaticMembershipComponentTest {
    private final StaticMembershipComponent component = new StaticMembershipComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.static-membership {" + text + "}")
                .withFallback(ConfigFactory.parseResources(
                        StaticMembershipComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.static-membership");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(NetComponent.class)).hasAtLeastOneElementOfType(StaticMembershipComponent.class);
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
    void requiresAFailureDetectorAndUsesAPerfectOneWhereThereIsOne() {
        ComponentDescriptor descriptor = component.descriptor(own(""));

        assertThat(descriptor.name()).isEqualTo("static-membership");
        assertThat(descriptor.provides()).containsExactly(GroupMembership.class);
        assertThat(descriptor.requires()).containsExactly(FailureDetector.class);
        assertThat(descriptor.requiresOptional()).containsExactly(PerfectFailureDetector.class);
    }
}
