package dev.rustnet.plugins.groupmembership;

import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.simulation.RunObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each incarnation delivered in which view, and what is wrong with it: views that are not the same, members that go on
 * together and have not delivered the same, deliveries twice, out of order, or after a gap.
 */
final class ViewLog implements RunObserver {
    /** One view of one incarnation. */
    private static final class Stay {
        private final List<Integer> members;
        private final Map<Integer, List<Long>> delivered = new TreeMap<>();

        Stay(List<Integer> members) {
            this.members = members;
        }
    }

    private final Map<Integer, NavigableMap<Long, Stay>> stays = new TreeMap<>();
    private final Map<Integer, Long> broadcast = new HashMap<>();
    private final Map<Long, Long> firstInstalledNanos = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final boolean uniform;

    /** @param uniform whether what a process delivered counts that did not go on, as uniform reliable broadcast promises */
    ViewLog(boolean uniform) {
        this.uniform = uniform;
    }

    @Override
    public void event(String process, int number, Event event, long atNanos) {
        NavigableMap<Long, Stay> own = stays.computeIfAbsent(number, unused -> new TreeMap<>());
        if (event instanceof Event.InstallView install) {
            if (!own.isEmpty() && install.view() != own.lastKey() + 1) {
                problems.add(number + " goes from view " + own.lastKey() + " to " + install.view());
            }
            own.put(install.view(), new Stay(install.members()));
            firstInstalledNanos.putIfAbsent(install.view(), atNanos);
        } else if (event instanceof Event.Deliver deliver) {
            if (own.isEmpty()) {
                problems.add(number + " delivers before it is in a view");
                return;
            }
            Stay stay = own.get(own.lastKey());
            if (!stay.members.contains(deliver.sender())) {
                problems.add(number + " delivers a message of " + deliver.sender() + ", which is not in its view");
            }
            stay.delivered
                    .computeIfAbsent(deliver.sender(), unused -> new ArrayList<>())
                    .add(deliver.number());
        } else if (event instanceof Event.Broadcast sent) {
            broadcast.put(number, sent.number());
        } else if (event instanceof Event.Crash || event instanceof Event.End) {
            ended.add(number);
        }
    }

    long lastView() {
        return stays.values().stream()
                .filter(own -> !own.isEmpty())
                .mapToLong(NavigableMap::lastKey)
                .max()
                .orElse(0);
    }

    /** When the first process installed that view, which somebody has. */
    long firstInstalledNanos(long view) {
        return firstInstalledNanos.get(view);
    }

    /** The members of that view, as somebody installed it. */
    List<Integer> members(long view) {
        return stays.values().stream()
                .filter(own -> own.containsKey(view))
                .map(own -> own.get(view).members)
                .findFirst()
                .orElse(List.of());
    }

    long deliveries(int process) {
        return stays.getOrDefault(process, new TreeMap<>()).values().stream()
                .flatMap(stay -> stay.delivered.values().stream())
                .mapToLong(List::size)
                .sum();
    }

    /** What is wrong, of a run in which everything has come to rest. {@code alive} are the incarnations that run. */
    List<String> problems(Set<Integer> alive) {
        List<String> all = new ArrayList<>(problems);
        viewAgreement(all);
        virtualSynchrony(all);
        order(all);
        atRest(all, alive);
        return all;
    }

    private void viewAgreement(List<String> all) {
        Map<Long, List<Integer>> known = new HashMap<>();
        stays.forEach((process, own) -> own.forEach((view, stay) -> {
            List<Integer> others = known.putIfAbsent(view, stay.members);
            if (others != null && !others.equals(stay.members)) {
                all.add("view " + view + " is " + others + ", and for " + process + " " + stay.members);
            }
            if (!stay.members.contains(process)) {
                all.add(process + " installs view " + view + " without itself: " + stay.members);
            }
        }));
    }

    /** All that go on have delivered the same; where it is uniform, also what one had that crashed or was excluded. */
    private void virtualSynchrony(List<String> all) {
        stays.forEach((process, own) -> own.forEach((view, stay) -> {
            if (own.lastKey() > view) {
                stays.forEach((other, others) -> {
                    Stay theirs = others.get(view);
                    if (theirs != null && others.lastKey() > view && !theirs.delivered.equals(stay.delivered)) {
                        all.add(process + " and " + other + " go on from view " + view + ", and have delivered "
                                + stay.delivered + " and " + theirs.delivered);
                    } else if (uniform && theirs != null && !contains(stay.delivered, theirs.delivered)) {
                        all.add(process + " goes on from view " + view + " with " + stay.delivered + ", of which "
                                + other + " had delivered " + theirs.delivered);
                    }
                });
            }
        }));
    }

    private static boolean contains(Map<Integer, List<Long>> more, Map<Integer, List<Long>> less) {
        return less.entrySet().stream().allMatch(each -> new HashSet<>(more.getOrDefault(each.getKey(), List.of()))
                .containsAll(each.getValue()));
    }

    private void order(List<String> all) {
        stays.forEach((process, own) -> {
            Map<Integer, Long> last = new HashMap<>();
            own.forEach((view, stay) -> stay.delivered.forEach((sender, numbers) -> {
                for (long number : numbers) {
                    Long before = last.put(sender, number);
                    if (before != null && number != before + 1) {
                        all.add(process + " delivers message " + number + " of " + sender + " after " + before);
                    }
                }
            }));
        });
    }

    private void atRest(List<String> all, Set<Integer> alive) {
        Map<Integer, List<Long>> expected = null;
        for (int process : alive) {
            NavigableMap<Long, Stay> own = stays.getOrDefault(process, new TreeMap<>());
            if (own.isEmpty() || own.lastKey() != lastView()) {
                all.add(process + " is in view " + (own.isEmpty() ? "none" : own.lastKey()) + ", not in the last, "
                        + lastView());
                continue;
            }
            Stay stay = own.get(own.lastKey());
            if (expected == null) {
                expected = stay.delivered;
            } else if (!expected.equals(stay.delivered)) {
                all.add("in the last view " + process + " has delivered " + stay.delivered + ", others " + expected);
            }
            if (deliveries(process, process) != broadcast.getOrDefault(process, 0L)) {
                all.add(process + " has broadcast " + broadcast.get(process) + " messages, and delivered "
                        + deliveries(process, process) + " of them itself");
            }
        }
    }

    private long deliveries(int process, int sender) {
        return stays.get(process).values().stream()
                .mapToLong(
                        stay -> stay.delivered.getOrDefault(sender, List.of()).size())
                .sum();
    }
}
