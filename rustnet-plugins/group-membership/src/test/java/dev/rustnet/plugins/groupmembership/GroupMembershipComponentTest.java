package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupMembershipComponentTest {
    private final GroupMembershipComponent component = new GroupMembershipComponent();

    private static Config own(String text) {
        return ConfigFactory.parseString("rustnet.components.group-membership {" + text + "}")
                .withFallback(ConfigFactory.parseResources(
                        GroupMembershipComponentTest.class.getClassLoader(), "reference.conf"))
                .resolve()
                .getConfig("rustnet.components.group-membership");
    }

    @Test
    void everyKeyOfReferenceConfIsDeclared() {
        Set<String> keys = new HashSet<>(own("exclusion-timeout = 50s").root().keySet());
        keys.remove("enabled");

        assertThat(component.settings().all())
                .extracting(Settings.Setting::key)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void byDefaultAMajorityAgreesAndNothingIsRemembered() {
        ComponentDescriptor descriptor = component.descriptor(own(""));

        assertThat(own("").getString("agree")).isEqualTo("majority");
        assertThat(own("").getBoolean("remember")).isFalse();
        assertThat(descriptor.requires()).containsExactly(FailureDetector.class);
        assertThat(descriptor.requiresOptional()).containsExactly(PerfectFailureDetector.class);
        assertThat(descriptor.breaks()).isEmpty();
    }

    @Test
    void whoAgreesAndWhatIsRememberedMustBeTheSameEverywhere() {
        assertThat(component.descriptor(own("")).agreed()).contains("agree", "remember");
        assertThat(component.descriptor(own("agree = all")).agreed()).contains("agree", "remember");
    }

    @Test
    void allAgreeOnlyWithAPerfectDetectorAndAMajorityMayThenBeLost() {
        ComponentDescriptor descriptor = component.descriptor(own("agree = all"));

        assertThat(descriptor.requires())
                .containsExactlyInAnyOrder(FailureDetector.class, PerfectFailureDetector.class);
        assertThat(descriptor.breaks())
                .containsExactly(new ComponentDescriptor.Broken(Assumption.MAJORITY_AGREES_ON_VIEWS, "agree = all"));
        assertThat(descriptor.assumptions()).allMatch(assumption -> assumption.crashes(4) == 4);
    }
}
