package dev.rustnet.plugins.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import java.util.HashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadComponentTest {
    private final WorkloadComponent component = new WorkloadComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.workload {" + text + "}")
                .withFallback(
                        ConfigFactory.parseResources(WorkloadComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.workload");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(NetComponent.class)).hasAtLeastOneElementOfType(WorkloadComponent.class);
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
    void startsOnlyWhenConfigured() {
        assertThat(own("").getBoolean("enabled")).isFalse();
    }

    @Test
    void requiresTheServiceThatItWorksOver() {
        Map<String, Class<? extends Broadcast>> services = Map.of(
                "best-effort-broadcast", BestEffortBroadcast.class,
                "reliable-broadcast", ReliableBroadcast.class,
                "uniform-reliable-broadcast", UniformReliableBroadcast.class,
                "causal-broadcast", CausalBroadcast.class);

        services.forEach((over, service) -> {
            ComponentDescriptor descriptor = component.descriptor(own("over = " + over));
            assertThat(descriptor.requires()).contains(service);
            assertThat(descriptor.agreed()).containsExactly("over");
        });
    }
}
