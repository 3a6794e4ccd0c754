package dev.rustnet.core.link;

import dev.rustnet.core.codec.PayloadAgreement;
import dev.rustnet.group.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares what two processes say of themselves, and words the difference for people on both sides. Pure. */
final class Agreement {
    private Agreement() {}

    /** Why the two cannot talk to each other, or empty when nothing that touches guarantees differs. */
    static Optional<String> difference(Identity here, Identity there) {
        String us = here.self().name();
        String them = there.self().name();
        if (!here.cluster().equals(there.cluster())) {
            return Optional.of(them + " belongs to the cluster \"" + there.cluster() + "\", " + us + " to \""
                    + here.cluster() + "\" (rustnet.node.cluster)");
        }
        if (them.equals(us)) {
            return Optional.of(
                    here.advertise().equals(there.advertise())
                            ? "two processes have the name " + us + ", and both say that they are at "
                                    + here.advertise()
                                    + "; end one of them, or give it another name and address (rustnet.node.name, bind)"
                            : "two processes have the name " + us + ": one at " + here.advertise() + ", the other at "
                                    + there.advertise() + "; give one of them another name (rustnet.node.name)");
        }
        if (here.group().rank(them).isEmpty()) {
            return Optional.of(them + " (" + there.advertise() + ") is not in the peer list of " + us + ", which is "
                    + list(here.group()) + "; add it to rustnet.peers of every process");
        }
        return group(here, there).or(() -> agreed(here, there)).or(() -> payloads(here, there));
    }

    private static Optional<String> group(Identity here, Identity there) {
        if (here.group().members().equals(there.group().members())) {
            return Optional.empty(); // What differs takes the square of the size to say.
        }
        List<Group.Member> onlyHere = without(here.group(), there.group());
        List<Group.Member> onlyThere = without(there.group(), here.group());
        if (onlyHere.isEmpty() && onlyThere.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        if (!onlyHere.isEmpty()) {
            parts.add("only " + here.self().name() + " lists " + list(onlyHere));
        }
        if (!onlyThere.isEmpty()) {
            parts.add("only " + there.self().name() + " lists " + list(onlyThere));
        }
        return Optional.of("the peer lists differ: " + String.join(", ", parts)
                + "; rustnet.peers must be the same at every process");
    }

    private static Optional<String> agreed(Identity here, Identity there) {
        SortedSet<String> keys = new TreeSet<>(here.agreed().keySet());
        keys.addAll(there.agreed().keySet());
        List<String> parts = new ArrayList<>();
        for (String key : keys) {
            String ours = here.agreed().get(key);
            String theirs = there.agreed().get(key);
            // A key that only one side has belongs to a component that the other lacks, which is reported, not refused.
            if (ours != null && theirs != null && !Objects.equals(ours, theirs) && !PayloadAgreement.covers(key)) {
                parts.add(key + " is " + ours + " at " + here.self().name() + " and " + theirs + " at "
                        + there.self().name());
            }
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("settings that must be the same differ: " + String.join("; ", parts));
    }

    private static Optional<String> payloads(Identity here, Identity there) {
        List<String> parts = PayloadAgreement.differences(
                here.agreed(), here.self().name(), there.agreed(), there.self().name());
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("the registered payloads differ, so that they cannot read each other: "
                        + String.join("; ", parts) + "; register each name at every process, for the same fields");
    }

    /** What to report, without refusing, about components and headers that only one of the two has. */
    static Optional<String> remark(Identity here, Identity there) {
        List<String> parts = new ArrayList<>();
        remark(parts, "component", here.self().name(), here.components(), there.components());
        remark(parts, "component", there.self().name(), there.components(), here.components());
        remark(parts, "header", here.self().name(), here.headers(), there.headers());
        remark(parts, "header", there.self().name(), there.headers(), here.headers());
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static void remark(
            List<String> parts, String kind, String owner, SortedSet<String> names, SortedSet<String> others) {
        for (String name : names) {
            if (!others.contains(name)) {
                parts.add("only " + owner + " has the " + kind + " " + name);
            }
        }
    }

    private static List<Group.Member> without(Group group, Group other) {
        List<Group.Member> rest = new ArrayList<>(group.members());
        rest.removeAll(other.members());
        return rest;
    }

    private static String list(Group group) {
        return list(group.members());
    }

    private static String list(List<Group.Member> members) {
        List<String> texts = new ArrayList<>();
        for (Group.Member member : members) {
            texts.add(member.name().equals(member.address()) ? member.name() : member.name() + "@" + member.address());
        }
        return String.join(", ", texts);
    }
}
