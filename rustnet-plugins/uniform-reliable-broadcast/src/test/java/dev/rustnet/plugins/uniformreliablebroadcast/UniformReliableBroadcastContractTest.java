package dev.rustnet.plugins.uniformreliablebroadcast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
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
class UniformReliableBroadcastContractTest {
    @Nested
    class AsABroadcast extends BroadcastContract {
        @Override
        protected NetComponent component() {
            return new UniformReliableBroadcastComponent();
        }

        @Override
        protected Class<? extends Broadcast> service() {
            return UniformReliableBroadcast.class;
        }

        @Override
        protected PropertySet guarantee() {
            return PropertySet.UNIFORM_RELIABLE_BROADCAST;
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
            return new UniformReliableBroadcastComponent();
        }

        @Override
        protected void use(SimulatedProcess process) {
            Channel channel =
                    process.node().service(UniformReliableBroadcast.class).channel("contract");
            channel.onDeliver(delivery -> {});
            process.after(Duration.ofSeconds(1), () -> channel.tryBroadcast("hello".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void deliveredAtReceiptItIsNotUniform() {
        BroadcastContract contract = new AsABroadcast() {
            @Override
            protected NetComponent component() {
                return new WeakProtocols.DeliversAtReceipt();
            }
        };

        contract.itsPropertiesHoldWhereNothingGoesWrong();
        assertThatThrownBy(contract::itsPropertiesHoldWhereASourceReachesNobodyAndCrashes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("URB4 uniform agreement");
    }

    @Test
    void withoutRelaysAMessageOfACrashedSourceStaysWithSome() {
        BroadcastContract contract = new AsABroadcast() {
            @Override
            protected NetComponent component() {
                return new WeakProtocols.DeliversWithoutRelay();
            }
        };

        assertThatThrownBy(contract::itsPropertiesHoldWhereASourceReachesOneProcessAloneAndCrashes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("URB4 uniform agreement");
    }
}
