package dev.rustnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.component.Blocking;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class InjectedMembersTest {
    private final HandDrivenWorld world = new HandDrivenWorld();

    @Test
    void injectedMembersAreThereBeforeStart() {
        InjectedComponent component = new InjectedComponent();
        BestEffortBroadcast broadcast = name -> null;

        Node node = Node.builder("first")
                .peers("first@127.0.0.1:8888")
                .discover(false)
                .environment(world)
                .component(new FixedMembershipComponent())
                .component(ScriptedComponent.of(
                                ComponentDescriptor.named("z-broadcast").provides(BestEffortBroadcast.class))
                        .onStart(context -> context.provide(BestEffortBroadcast.class, broadcast)))
                .component(component)
                .build();

        assertThat(component.started).isTrue();
        assertThat(component.membership)
                .isNotNull()
                .hasToString(node.service(GroupMembership.class).toString());
        assertThat(component.broadcast).containsSame(broadcast);
        assertThat(component.detector).isEmpty();
        assertThat(component.timers).isSameAs(component.context.timers());
        assertThat(component.topics).isSameAs(component.context.topics());
        assertThat(component.transport).isSameAs(component.context.transport());
        assertThat(component.links).isSameAs(component.context.links());
        assertThat(component.random).isSameAs(component.context.random());
        assertThat(component.clock).isSameAs(component.context.clock());
        assertThat(component.config).isSameAs(component.context.config());
        assertThat(component.self).isEqualTo(node.self());
        assertThat(component.group).isEqualTo(node.group());
        assertThat(component.blocking).isNotNull();
    }

    private abstract static class InjectedBase implements NetComponent {
        @Inject
        Timers timers;

        @Inject
        TopicBus topics;
    }

    private static final class InjectedComponent extends InjectedBase {
        @Inject
        FairLossLinks transport;

        @Inject
        PerfectLinks links;

        @Inject
        RandomGenerator random;

        @Inject
        Clock clock;

        @Inject
        Config config;

        @Inject
        ProcessId self;

        @Inject
        Group group;

        @Inject
        Blocking blocking;

        @Inject
        GroupMembership membership;

        @Inject
        Optional<BestEffortBroadcast> broadcast;

        @Inject
        Optional<FailureDetector> detector;

        private ComponentContext context;
        private boolean started;

        @Inject
        void contextIs(ComponentContext injected) {
            context = injected;
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("injected")
                    .requires(GroupMembership.class)
                    .requiresOptional(BestEffortBroadcast.class)
                    .requiresOptional(FailureDetector.class)
                    .build();
        }

        @Override
        public void start(ComponentContext given) {
            started = timers != null && membership != null && given == context;
        }
    }
}
