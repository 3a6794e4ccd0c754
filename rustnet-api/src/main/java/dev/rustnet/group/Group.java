package dev.rustnet.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The configured list of members, the own process included: the same at every process, sorted by name. The rank of a
 * member is its index in this list, 0 to {@code size() - 1}.
 *
 * @param members sorted by name, without two of one name
 */
public record Group(List<Member> members) {
    /**
     * One configured member.
     *
     * @param name its name; the address as written where the configuration gives no name
     * @param address {@code host:port} as written, resolved anew at each dial
     */
    public record Member(String name, String address) {}

    public Group {
        List<Member> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparing(Member::name));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
                throw new IllegalArgumentException(
                        "two members have the name " + sorted.get(i).name());
            }
        }
        members = List.copyOf(sorted);
    }

    public int size() {
        return members.size();
    }

    /** The smallest number of members that is more than half: 1, 2, 2, 3, 3, 5 for 1, 2, 3, 4, 5, 8 members. */
    public int majority() {
        return members.size() / 2 + 1;
    }

    /** The rank of the member of that name, or empty when it is not in the group. */
    public OptionalInt rank(String name) {
        int low = 0;
        int high = members.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = members.get(middle).name().compareTo(name);
            if (order == 0) {
                return OptionalInt.of(middle);
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return OptionalInt.empty();
    }
}
