package dev.rustnet.plugins.uniformreliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniformReliableBroadcastComponentTest {
    private final UniformReliableBroadcastComponent component = new UniformReliableBroadcastComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.uniform-reliable-broadcast {" + text + "}")
                .withFallback(ConfigFactory.parseResources(
                        UniformReliableBroadcastComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.uniform-reliable-broadcast");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(NetComponent.class))
                .hasAtLeastOneElementOfType(UniformReliableBroadcastComponent.class);
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
    void theCommitRuleMustBeTheSameEverywhere() {
        ComponentDescriptor descriptor = component.descriptor(own(""));

        assertThat(descriptor.provides()).containsExactly(UniformReliableBroadcast.class);
        assertThat(descriptor.requires()).containsExactlyInAnyOrder(GroupMembership.class, FailureDetector.class);
        assertThat(descriptor.requiresOptional()).containsExactly(PerfectFailureDetector.class);
        assertThat(descriptor.agreed()).containsExactly("commit");
    }

    @Test
    void aCommitByMajorityAssumesThatAMajorityAgreesOnViewsAndNoOtherDoes() {
        assertThat(component.descriptor(own("")).becauseOf()).isEmpty();
        assertThat(component.descriptor(own("")).assumptions()).doesNotContain(Assumption.MAJORITY_AGREES_ON_VIEWS);

        ComponentDescriptor byMajority = component.descriptor(own("commit = majority"));

        assertThat(byMajority.assumptions()).contains(Assumption.MAJORITY_AGREES_ON_VIEWS);
        assertThat(byMajority.becauseOf())
                .containsExactly(
                        new ComponentDescriptor.AssumedWith(Assumption.MAJORITY_AGREES_ON_VIEWS, "commit = majority"));
    }

    @Test
    void itsReferenceLeavesTheWindowToTheOneOfAllBroadcasts() {
        assertThat(own("").root()).doesNotContainKeys("window-bytes", "window-messages");
    }
}
