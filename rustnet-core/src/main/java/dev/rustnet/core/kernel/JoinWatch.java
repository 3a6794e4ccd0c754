package dev.rustnet.core.kernel;

import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Completes when the own process is in a view all of whose members are known: a view that was agreed, or, where the view
 * names all that are configured, once each of them has been met that is dialled. On the loop.
 */
final class JoinWatch implements MembershipListener {
    // Injected
    private final Predicate<String> waitedFor;
    private final CompletableFuture<Void> joined;

    // State
    private final Set<String> awaited = new HashSet<>();

    private JoinWatch(ProcessId self, Group group, Predicate<String> waitedFor, CompletableFuture<Void> joined) {
        this.waitedFor = waitedFor;
        this.joined = joined;
        group.members().forEach(member -> awaited.add(member.name()));
        awaited.remove(self.name());
    }

    /**
     * Called on the loop, so that whoever waits is called there too.
     *
     * @param waitedFor whether the member of that name is dialled at all before there is something for it
     */
    static void watch(
            GroupMembership membership,
            ProcessId self,
            Group group,
            Predicate<String> waitedFor,
            CompletableFuture<Void> joined) {
        JoinWatch watch = new JoinWatch(self, group, waitedFor, joined);
        membership.listen(watch);
        watch.completeWhenAllAreThere();
    }

    @Override
    public void viewInstalled(View view) {
        if (view.members().stream().allMatch(ProcessId::known)) {
            awaited.clear();
            completeWhenAllAreThere();
        }
    }

    @Override
    public void joined(int rank, ProcessId process) {
        awaited.remove(process.name());
        completeWhenAllAreThere();
    }

    private void completeWhenAllAreThere() {
        if (awaited.stream().noneMatch(waitedFor)) {
            joined.complete(null);
        }
    }
}
