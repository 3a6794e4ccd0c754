package dev.rustnet.testkit.standin;

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
import dev.rustnet.link.FairLossLinks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The book's crash-stop model: one view of all configured members, for ever; who left or crashed keeps its place. A process
 * that restarts cannot come back. No messages. Source: CGR 2.1.
 */
final class StandInMembership implements NetComponent, GroupMembership {
    // State
    private final Map<Integer, ProcessId> joined = new TreeMap<>();
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();
    private View view = new View(1, List.of());
    private int self;

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("stand-in-membership")
                .provides(GroupMembership.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        view = new View(
                1,
                context.group().members().stream()
                        .map(member -> ProcessId.named(member.name()))
                        .toList());
        self = view.rank(context.self().name());
        joined.put(self, context.self());
        context.transport().listen(new FairLossLinks.ConnectionListener() {
            @Override
            public void up(int rank, ProcessId peer) {
                if (joined.putIfAbsent(rank, peer) == null) {
                    listeners.forEach(listener -> listener.joined(rank, peer));
                    context.topics().publish(PROCESS_JOINED, new ProcessJoined(peer));
                }
            }
        });
        context.topics().publish(VIEW_INSTALLED, new ViewInstalled(view));
        context.provide(GroupMembership.class, this);
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public ProcessId process(int rank) {
        return joined.getOrDefault(rank, view.members().get(rank));
    }

    @Override
    public boolean removed(int rank) {
        return false;
    }

    @Override
    public Subscription listen(MembershipListener listener) {
        listeners.add(listener);
        listener.viewInstalled(view);
        joined.forEach((rank, process) -> {
            if (rank != self) {
                listener.joined(rank, process);
            }
        });
        return () -> listeners.remove(listener);
    }

    @Override
    public Subscription participate(ViewParticipant participant) {
        return () -> {};
    }

    @Override
    public Admission admit(ProcessId newcomer, String address) {
        int rank = view.rank(newcomer.name());
        ProcessId known = joined.get(rank);
        if (rank < 0 || (known != null && !known.equals(newcomer))) {
            return new Admission.Refused(
                    newcomer + " is not among the members that this stand-in for a membership knows, or has restarted");
        }
        return new Admission.Accepted();
    }
}
