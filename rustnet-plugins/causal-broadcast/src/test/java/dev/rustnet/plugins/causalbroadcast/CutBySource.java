package dev.rustnet.plugins.causalbroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastAlgorithm;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;

/** A twin that is wrong on purpose: causal, but for the cut of a view, which it delivers one source after the other. */
final class CutBySource implements NetComponent {
    private final CausalBroadcastComponent original = new CausalBroadcastComponent();

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
        BroadcastAlgorithm algorithm =
                context.require(UniformReliableBroadcast.class).algorithm().orElseThrow();
        WaitingCausalBroadcast causal =
                new WaitingCausalBroadcast(context.group().size(), (source, first, last, awaited, number) -> {});
        BroadcastLog log =
                context.broadcastLog(algorithm.retention(), algorithm.acknowledgement(), new WithoutViewEnds(causal));
        causal.attach(log, algorithm);
        CausalBroadcast service = log::channel;
        context.provide(CausalBroadcast.class, service);
    }

    private record WithoutViewEnds(BroadcastProtocol causal) implements BroadcastProtocol {
        @Override
        public void viewInstalled(View view) {
            causal.viewInstalled(view);
        }

        @Override
        public void received(int source, long upTo) {
            causal.received(source, upTo);
        }

        @Override
        public void acked(int process, int source, long upTo) {
            causal.acked(process, source, upTo);
        }

        @Override
        public void removed(int process) {
            causal.removed(process);
        }

        @Override
        public int maxPrefixLength() {
            return causal.maxPrefixLength();
        }

        @Override
        public void writePrefix(ByteBuffer out) {
            causal.writePrefix(out);
        }
    }
}
