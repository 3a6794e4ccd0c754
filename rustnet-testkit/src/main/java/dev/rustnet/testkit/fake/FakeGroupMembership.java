package dev.rustnet.testkit.fake;

import dev.rustnet.bus.Subscription;
import dev.rustnet.group.Admission;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One view, whose members join and are removed when a test says so. Admits everybody. */
public final class FakeGroupMembership implements GroupMembership {
    // State
    private final View view;
    private final @Nullable ProcessId[] joined;
    private final MembershipListener.@Nullable Removal[] removals;
    private final List<MembershipListener> listeners = new ArrayList<>();

    /** @param names of the members, in any order */
    public FakeGroupMembership(String... names) {
        this.view = new View(
                1, List.of(names).stream().sorted().map(ProcessId::named).toList());
        this.joined = new ProcessId[view.size()];
        this.removals = new MembershipListener.Removal[view.size()];
    }

    /** All members join, each with incarnation 1. */
    public FakeGroupMembership allJoined() {
        for (ProcessId member : view.members()) {
            join(new ProcessId(member.name(), 1));
        }
        return this;
    }

    /** The member is met. */
    public void join(ProcessId process) {
        int rank = view.rank(process);
        joined[rank] = process;
        List.copyOf(listeners).forEach(listener -> listener.joined(rank, process));
    }

    /** The member counts no more. */
    public void remove(int rank, MembershipListener.Removal reason) {
        removals[rank] = reason;
        List.copyOf(listeners).forEach(listener -> listener.removed(rank, process(rank), reason));
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public ProcessId process(int rank) {
        ProcessId process = joined[rank];
        return process == null ? view.members().get(rank) : process;
    }

    @Override
    public boolean removed(int rank) {
        return removals[rank] != null;
    }

    @Override
    public Subscription listen(MembershipListener listener) {
        listeners.add(listener);
        listener.viewInstalled(view);
        for (int rank = 0; rank < joined.length; rank++) {
            ProcessId process = joined[rank];
            if (process != null) {
                listener.joined(rank, process);
            }
        }
        for (int rank = 0; rank < joined.length; rank++) {
            MembershipListener.Removal removal = removals[rank];
            if (removal != null) {
                listener.removed(rank, process(rank), removal);
            }
        }
        return () -> listeners.remove(listener);
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
