package dev.rustnet.launcher.demo;

import java.util.Optional;

/** What a node of the demonstration tells the process that started it: one line on its standard output each. */
sealed interface NodeEvent {
    /** It met that member. */
    record Joined(String process) implements NodeEvent {}

    /** Its perfect failure detector announced that crash. */
    record Crashed(String process) implements NodeEvent {}

    /** It delivered that message. */
    record Delivered(String sender, long number) implements NodeEvent {}

    /** Its process has ended. Never a line: the one who started it sees it. */
    record Ended(int exitCode) implements NodeEvent {}

    /** The event as a line. */
    default String line() {
        if (this instanceof Joined joined) {
            return "joined " + joined.process();
        } else if (this instanceof Crashed crashed) {
            return "crashed " + crashed.process();
        } else if (this instanceof Delivered delivered) {
            return "delivered " + delivered.sender() + " " + delivered.number();
        }
        throw new IllegalStateException(this + " has no line");
    }

    /** The event of a line; empty when it is none. */
    static Optional<NodeEvent> parse(String line) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[0].equals("joined")) {
            return Optional.of(new Joined(words[1]));
        } else if (words.length == 2 && words[0].equals("crashed")) {
            return Optional.of(new Crashed(words[1]));
        } else if (words.length == 3 && words[0].equals("delivered") && words[2].matches("\\d{1,18}")) {
            return Optional.of(new Delivered(words[1], Long.parseLong(words[2])));
        }
        return Optional.empty();
    }
}
