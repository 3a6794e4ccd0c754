package dev.rustnet.plugins.reliablebroadcast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.ReliableBroadcast;
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
class ReliableBroadcastContractTest {
    @Nested
    class AsABroadcast extends BroadcastContract {
        @Override
        protected NetComponent component() {
            return new ReliableBroadcastComponent();
        }

        @Override
        protected Class<? extends Broadcast> service() {
            return ReliableBroadcast.class;
        }

        @Override
        protected PropertySet guarantee() {
            return PropertySet.RELIABLE_BROADCAST;
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
            return new ReliableBroadcastComponent();
        }

        @Override
        protected void use(SimulatedProcess process) {
            Channel channel = process.node().service(ReliableBroadcast.class).channel("contract");
            channel.onDeliver(delivery -> {});
            process.after(Duration.ofSeconds(1), () -> channel.tryBroadcast("hello".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void withoutRelaysAgreementIsBroken() {
        BroadcastContract contract = new AsABroadcast() {
            @Override
            protected NetComponent component() {
                return new WithoutRelay();
            }
        };

        contract.itsPropertiesHoldWhereNothingGoesWrong();
        assertThatThrownBy(contract::itsPropertiesHoldWhereASourceReachesOneProcessAloneAndCrashes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB4 agreement");
    }

    @Test
    void oneThatForgetsWhomItSuspectsIsSeenWherePartitionsAndPausesEnd() {
        BroadcastContract contract = new AsABroadcast() {
            @Override
            protected NetComponent component() {
                return new ForgetsSome.WhomItSuspects();
            }
        };

        assertThatThrownBy(contract::itsPropertiesHoldOverSlowLinksPartitionsPausesAndBrokenConnections)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB");
    }
}
