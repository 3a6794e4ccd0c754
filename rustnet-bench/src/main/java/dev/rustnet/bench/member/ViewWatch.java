package dev.rustnet.bench.member;

import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import java.util.function.Consumer;

/** Takes part in each change of views, without messages of its own, to tell when it began to stop this process, and when it ended. */
final class ViewWatch implements ViewParticipant {
    // Injected
    private final GroupMembership membership;
    private final Consumer<String> say;

    private ViewWatch(GroupMembership membership, Consumer<String> say) {
        this.membership = membership;
        this.say = say;
    }

    /** Says {@code stopped NANOS} and {@code view NUMBER NANOS} of each view after the first. */
    static void tell(GroupMembership membership, Consumer<String> say) {
        membership.participate(new ViewWatch(membership, say));
    }

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public void stop() {
        say.accept("stopped " + System.nanoTime());
    }

    @Override
    public long[] held() {
        return new long[membership.view().size()];
    }

    @Override
    public void expect(long[] cut) {}

    @Override
    public void expectNothing() {}

    @Override
    public boolean holds(long[] cut) {
        return true;
    }

    @Override
    public void supply(ProcessId process, View ending, long[] held, long[] cut) {}

    @Override
    public boolean cut(long[] cut) {
        return true;
    }

    @Override
    public void install(View view, long[] base) {
        if (view.number() > 1) {
            say.accept("view " + view.number() + " " + System.nanoTime());
        }
    }

    @Override
    public void settled() {}
}
