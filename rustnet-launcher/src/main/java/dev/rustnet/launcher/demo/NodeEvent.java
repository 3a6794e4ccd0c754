package dev.rustnet.launcher.demo;

import java.util.List;
import java.util.Optional;

/**
 * What a node of the demonstration tells the process that started it: one line on its standard output each. A process is its
 * name, and from its second incarnation on its name and count, such as {@code third/2}.
 */
sealed interface NodeEvent {
    /** It has installed that view, in which those are no more that left or were excluded. */
    record Installed(long view, List<String> members, List<String> left, List<String> excluded) implements NodeEvent {
        public Installed {
            members = List.copyOf(members);
            left = List.copyOf(left);
            excluded = List.copyOf(excluded);
        }
    }

    /** It suspects that process. */
    record Suspected(String process) implements NodeEvent {}

    /** It suspects that process no more. */
    record Restored(String process) implements NodeEvent {}

    /** It delivered that message. */
    record Delivered(String sender, long number) implements NodeEvent {}

    /** It writes no more into its event log. */
    record Rested() implements NodeEvent {}

    /** Its process has ended. Never a line: the one who started it sees it. */
    record Ended(int exitCode) implements NodeEvent {}

    /** The event as a line. */
    default String line() {
        if (this instanceof Installed installed) {
            return "installed " + installed.view() + " members=" + String.join(",", installed.members()) + " left="
                    + String.join(",", installed.left()) + " excluded=" + String.join(",", installed.excluded());
        } else if (this instanceof Suspected suspected) {
            return "suspected " + suspected.process();
        } else if (this instanceof Restored restored) {
            return "restored " + restored.process();
        } else if (this instanceof Delivered delivered) {
            return "delivered " + delivered.sender() + " " + delivered.number();
        } else if (this instanceof Rested) {
            return "rested";
        }
        throw new IllegalStateException(this + " has no line");
    }

    /** The event of a line; empty when it is none. */
    static Optional<NodeEvent> parse(String line) {
        String[] words = line.split(" ");
        if (line.equals("rested")) {
            return Optional.of(new Rested());
        } else if (words.length == 2 && words[0].equals("suspected")) {
            return Optional.of(new Suspected(words[1]));
        } else if (words.length == 2 && words[0].equals("restored")) {
            return Optional.of(new Restored(words[1]));
        } else if (words.length == 3 && words[0].equals("delivered") && isNumber(words[2])) {
            return Optional.of(new Delivered(words[1], Long.parseLong(words[2])));
        } else if (line.matches("installed \\d{1,18} members=\\S+ left=\\S* excluded=\\S*")) {
            return Optional.of(
                    new Installed(Long.parseLong(words[1]), names(words[2]), names(words[3]), names(words[4])));
        }
        return Optional.empty();
    }

    private static boolean isNumber(String word) {
        return word.matches("\\d{1,18}");
    }

    private static List<String> names(String word) {
        String names = word.substring(word.indexOf('=') + 1);
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }
}
