package dev.rustnet.plugins.workload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every component is held to, beside stand-ins for all else. */
class WorkloadContractTest {
    @Nested
    class AsAComponent extends ComponentContract {
        @Override
        protected NetComponent component() {
            return new WorkloadComponent();
        }

        @Override
        protected String config() {
            return "rustnet.components.workload { enabled = true, messages = 20, payload-bytes = 100, rate = 50,"
                    + " log = events.log }";
        }

        @Override
        protected int seeds() {
            return 5;
        }
    }

    /** Takes any payload for one of its own. */
    private static final class BelievesWhatItIsTold implements NetComponent {
        private final WorkloadComponent original = new WorkloadComponent();

        @Override
        public Settings settings() {
            return original.settings();
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return original.descriptor(own);
        }

        @Override
        public void start(ComponentContext context) {
            context.require(UniformReliableBroadcast.class).channel("workload");
            context.links().onReceive((from, message) -> message.getInt(WorkloadPayload.MIN_LENGTH));
        }
    }

    @Test
    void oneThatBelievesWhatItIsToldIsBroughtDownByGarbage() {
        ComponentContract contract = new AsAComponent() {
            @Override
            protected NetComponent component() {
                return new BelievesWhatItIsTold();
            }
        };

        contract.theSameSeedGivesTheSameRun();
        assertThatThrownBy(contract::survivesAPeerThatSpeaksGarbage)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("brought down by a peer that speaks garbage");
    }
}
