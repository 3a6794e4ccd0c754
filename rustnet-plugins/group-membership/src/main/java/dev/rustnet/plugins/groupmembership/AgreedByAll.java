package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * All that have not crashed agree, however many have: the rule for {@code agree = all}.
 *
 * <p>Assumption: who is taken for gone is gone, by the word of a perfect failure detector. Then one word is enough to exclude,
 * and any two agreements have the later one's proposer in common, which was there and said so at the earlier one.
 */
final class AgreedByAll implements ViewAgreement.Quorums {
    /** Who is gone is gone, whoever says so. */
    @Override
    public int toExclude(View view) {
        return 1;
    }

    @Override
    public boolean enough(
            Collection<ProcessId> all, Predicate<ProcessId> say, Predicate<ProcessId> gone, int majority) {
        return all.stream().allMatch(process -> say.test(process) || gone.test(process))
                && all.stream().anyMatch(say);
    }

    /**
     * All of those names; after the join timeout without those that came and have ended. One that never came may
     * be in a view with others for all that is known, and is waited for.
     */
    @Override
    public boolean mayForm(
            Collection<ProcessId> founders,
            Collection<String> names,
            Predicate<String> ended,
            boolean joinTimeoutOver) {
        return names.stream()
                .allMatch(name ->
                        founders.stream().anyMatch(founder -> founder.name().equals(name))
                                || (joinTimeoutOver && ended.test(name)));
    }
}
