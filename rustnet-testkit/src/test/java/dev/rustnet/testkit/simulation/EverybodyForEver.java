package dev.rustnet.testkit.simulation;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.testkit.fake.FakeGroupMembership;

/** The membership that a kernel needs: all who are configured, whatever happens. */
final class EverybodyForEver implements NetComponent {
    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("everybody-for-ever")
                .provides(GroupMembership.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        context.provide(
                GroupMembership.class,
                new FakeGroupMembership(context.group().members().stream()
                        .map(Group.Member::name)
                        .toArray(String[]::new)));
    }
}
