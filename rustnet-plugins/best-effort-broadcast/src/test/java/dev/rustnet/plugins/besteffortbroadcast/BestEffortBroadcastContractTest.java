package dev.rustnet.plugins.besteffortbroadcast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.contract.BroadcastContract;
import dev.rustnet.testkit.contract.ComponentContract;
import dev.rustnet.testkit.junit.WithoutShrinking;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts that every broadcast and every component is held to, beside stand-ins for all else. */
@ExtendWith(WithoutShrinking.class)
class BestEffortBroadcastContractTest {
    @Nested
    class AsABroadcast extends BroadcastContract {
        @Override
        protected NetComponent component() {
            return new BestEffortBroadcastComponent();
        }

        @Override
        protected Class<? extends Broadcast> service() {
            return BestEffortBroadcast.class;
        }

        @Override
        protected PropertySet guarantee() {
            return PropertySet.BEST_EFFORT_BROADCAST;
        }

        @Override
        protected int seeds() {
            return 10;
        }
    }

    @Nested
    class AsAComponent extends ComponentContract {
        @Override
        protected NetComponent component() {
            return new BestEffortBroadcastComponent();
        }

        @Override
        protected void use(SimulatedProcess process) {
            Channel channel = process.node().service(BestEffortBroadcast.class).channel("contract");
            channel.onDeliver(delivery -> {});
            process.after(Duration.ofSeconds(1), () -> channel.tryBroadcast("hello".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void itIsNoReliableBroadcast() {
        BroadcastContract contract = new AsABroadcast() {
            @Override
            protected PropertySet guarantee() {
                return PropertySet.RELIABLE_BROADCAST;
            }
        };

        contract.itsPropertiesHoldWhereNothingGoesWrong();
        assertThatThrownBy(contract::itsPropertiesHoldWhereASourceReachesOneProcessAloneAndCrashes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB4 agreement");
    }
}
