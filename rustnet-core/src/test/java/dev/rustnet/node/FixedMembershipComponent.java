package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.Admission;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;

/** Everybody takes part and nobody ever leaves. */
final class FixedMembershipComponent implements NetComponent {
    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("fixed-membership")
                .provides(GroupMembership.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        View view = new View(
                1,
                context.group().members().stream()
                        .map(member -> member.name().equals(context.self().name())
                                ? context.self()
                                : ProcessId.named(member.name()))
                        .toList());
        context.provide(GroupMembership.class, new FixedMembership(view));
    }

    private record FixedMembership(View view) implements GroupMembership {
        @Override
        public ProcessId process(int rank) {
            return view.members().get(rank);
        }

        @Override
        public boolean removed(int rank) {
            return false;
        }

        @Override
        public Subscription listen(MembershipListener listener) {
            listener.viewInstalled(view);
            return () -> {};
        }

        @Override
        public Subscription participate(ViewParticipant participant) {
            return () -> {};
        }

        @Override
        public Admission admit(ProcessId newcomer, String address) {
            return new Admission.Accepted();
        }
    }
}
