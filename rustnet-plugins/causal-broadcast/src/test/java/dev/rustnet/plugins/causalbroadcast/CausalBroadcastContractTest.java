package dev.rustnet.plugins.causalbroadcast;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.contract.BroadcastContract;
import dev.rustnet.testkit.contract.ComponentContract;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contracts that every broadcast and every component is held to, over uniform reliable broadcast, beside stand-ins for all else. */
class CausalBroadcastContractTest {
    @Nested
    class OverUniformReliableBroadcast extends BroadcastContract {
        @Override
        protected NetComponent component() {
            return new CausalBroadcastComponent();
        }

        @Override
        protected List<NetComponent> others() {
            return List.of(new UniformReliableBroadcastComponent());
        }

        @Override
        protected Class<? extends Broadcast> service() {
            return CausalBroadcast.class;
        }

        @Override
        protected PropertySet guarantee() {
            return PropertySet.UNIFORM_CAUSAL_BROADCAST;
        }

        @Override
        protected int seeds() {
            return 5;
        }
    }

    @Nested
    class AsAComponent extends ComponentContract {
        @Override
        protected NetComponent component() {
            return new CausalBroadcastComponent();
        }

        @Override
        protected List<NetComponent> others() {
            return List.of(new UniformReliableBroadcastComponent());
        }

        @Override
        protected void use(SimulatedProcess process) {
            Channel channel = process.node().service(CausalBroadcast.class).channel("contract");
            channel.onDeliver(delivery -> {});
            process.after(Duration.ofSeconds(1), () -> channel.tryBroadcast("hello".getBytes(StandardCharsets.UTF_8)));
        }
    }
}
