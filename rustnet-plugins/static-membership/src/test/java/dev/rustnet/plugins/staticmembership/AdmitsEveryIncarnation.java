package dev.rustnet.plugins.staticmembership;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.Admission;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;

/**
 * A twin of static membership that is wrong on purpose: for it a process is its name, so that a second incarnation comes
 * in as the first, and one that counts as crashed comes back.
 */
final class AdmitsEveryIncarnation implements NetComponent {
    private final StaticMembershipComponent original = new StaticMembershipComponent();

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
        StaticMembership membership = new StaticMembership(
                context.group(),
                context.self(),
                context.transport(),
                context.require(FailureDetector.class),
                context.clock(),
                context.topics());
        context.transport().listen(membership.connections());
        context.find(PerfectFailureDetector.class).ifPresent(detector -> detector.listen(membership::crash));
        membership.announce();
        context.provide(GroupMembership.class, new Open(membership));
    }

    private record Open(GroupMembership membership) implements GroupMembership {
        @Override
        public View view() {
            return membership.view();
        }

        @Override
        public ProcessId process(int rank) {
            return membership.process(rank);
        }

        @Override
        public boolean removed(int rank) {
            return membership.removed(rank);
        }

        @Override
        public Subscription listen(MembershipListener listener) {
            return membership.listen(listener);
        }

        @Override
        public Subscription participate(ViewParticipant participant) {
            return membership.participate(participant);
        }

        @Override
        public Admission admit(ProcessId newcomer, String address) {
            return new Admission.Accepted();
        }
    }
}
