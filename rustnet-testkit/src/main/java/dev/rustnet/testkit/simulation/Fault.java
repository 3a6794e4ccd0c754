package dev.rustnet.testkit.simulation;

import java.time.Duration;

/** Something that goes wrong, or right again. Its text is the code that plans it. */
public sealed interface Fault {
    /** @param sends frames that still leave first, so that the crash comes in the middle of a turn */
    record Crash(String process, boolean host, int sends) implements Fault {
        @Override
        public String toString() {
            return host
                    ? "crashHost(\"" + process + "\")"
                    : sends > 0 ? "crashAfterSends(\"" + process + "\", " + sends + ")" : "crash(\"" + process + "\")";
        }
    }

    /** @param events that it still records; the crash comes right after the last, in the middle of a turn */
    record CrashAtEvent(String process, int events) implements Fault {
        @Override
        public String toString() {
            return "crashAtEvent(\"" + process + "\", " + events + ")";
        }
    }

    record Restart(String process) implements Fault {
        @Override
        public String toString() {
            return "restart(\"" + process + "\")";
        }
    }

    record Pause(String process) implements Fault {
        @Override
        public String toString() {
            return "pause(\"" + process + "\")";
        }
    }

    record Resume(String process) implements Fault {
        @Override
        public String toString() {
            return "resume(\"" + process + "\")";
        }
    }

    record Block(String process, Duration time) implements Fault {
        @Override
        public String toString() {
            return "block(\"" + process + "\", " + Code.of(time) + ")";
        }
    }

    record Skew(String process, Duration by) implements Fault {
        @Override
        public String toString() {
            return "skew(\"" + process + "\", " + Code.of(by) + ")";
        }
    }

    record Partition(String some, String others, boolean holding) implements Fault {
        @Override
        public String toString() {
            return (holding ? "stall" : "partition") + "(\"" + some + "\", \"" + others + "\")";
        }
    }

    record OneWay(String from, String to) implements Fault {
        @Override
        public String toString() {
            return "loseOneWay(\"" + from + "\", \"" + to + "\")";
        }
    }

    record Heal() implements Fault {
        @Override
        public String toString() {
            return "heal()";
        }
    }

    /** Between those alone, both ways. */
    record HealBetween(String some, String others) implements Fault {
        @Override
        public String toString() {
            return "heal(\"" + some + "\", \"" + others + "\")";
        }
    }

    record Reset(String process, String other, boolean oneEnd) implements Fault {
        @Override
        public String toString() {
            return (oneEnd ? "resetOneEnd" : "reset") + "(\"" + process + "\", \"" + other + "\")";
        }
    }
}
