package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What decides a run besides its components, loads and settings, as values: what a {@link Shrinker} makes smaller.
 *
 * @param processes how many
 * @param seed what decides everything else
 * @param messages how many each process sends, by rank
 * @param faults all that goes wrong, also what was drawn from the seed
 * @param network how it behaves without any fault
 * @param startSpread the processes start within this time
 */
public record RunScript(
        int processes,
        long seed,
        List<Integer> messages,
        FaultPlan faults,
        NetworkOptions network,
        Duration startSpread) {
    public RunScript {
        messages = List.copyOf(messages);
    }

    RunScript withSeed(long other) {
        return new RunScript(processes, other, messages, faults, network, startSpread);
    }

    RunScript withMessages(List<Integer> others) {
        return new RunScript(processes, seed, others, faults, network, startSpread);
    }

    RunScript withFaults(FaultPlan others) {
        return new RunScript(processes, seed, messages, others, network, startSpread);
    }

    RunScript withNetwork(NetworkOptions other) {
        return new RunScript(processes, seed, messages, faults, other, startSpread);
    }

    RunScript withStartSpread(Duration other) {
        return new RunScript(processes, seed, messages, faults, network, other);
    }

    /** Whether {@code other} says the same, but perhaps for its seed. */
    boolean isLike(RunScript other) {
        return processes == other.processes
                && messages.equals(other.messages)
                && faults.byTime().equals(other.faults.byTime())
                && network.equals(other.network)
                && startSpread.equals(other.startSpread);
    }

    /** The messages of all processes. */
    public int messagesOfAll() {
        return messages.stream().mapToInt(Integer::intValue).sum();
    }

    /** For instance {@code 4 processes, 20 messages, 7 faults}. */
    public String size() {
        return counted(processes, "process", "processes") + ", " + counted(messagesOfAll(), "message", "messages")
                + ", " + counted(faults.entries().size(), "fault", "faults");
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
