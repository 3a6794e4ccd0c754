package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.time.Clock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;

/** Says in the log how the states were handed over, and ends this process when it must not go on. */
final class StateReports implements StateHandover.Reports {
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    // Injected
    private final System.Logger log;
    private final Clock clock;
    private final Consumer<String> onEnd;
    private final Consumer<String> onBroken;
    private final Runnable onNews;

    // State
    private long malformed;
    private long saidNanos = Long.MIN_VALUE;

    /**
     * @param onEnd told why the others have gone on without this process
     * @param onBroken told what is wrong with the state of this process
     */
    StateReports(System.Logger log, Clock clock, Consumer<String> onEnd, Consumer<String> onBroken, Runnable onNews) {
        this.log = log;
        this.clock = clock;
        this.onEnd = onEnd;
        this.onBroken = onBroken;
        this.onNews = onNews;
    }

    @Override
    public void handedOver(ProcessId joiner, long view, long bytes, long nanos) {
        log.log(
                Level.INFO,
                "{0} was given the state for view {1}: {2} bytes in {3} s",
                joiner,
                view,
                bytes,
                Duration.ofNanos(nanos).toMillis() / 1000.0);
    }

    @Override
    public void gaveUp(ProcessId joiner, long view, String why) {
        log.log(
                Level.WARNING,
                "the change to view {0} does not wait for {1} any more: {2}. Without the state it ends, and can join as"
                        + " a new incarnation",
                view,
                joiner,
                why);
    }

    @Override
    public void writerFailed(ProcessId joiner, String state, Throwable cause) {
        log.log(
                Level.ERROR,
                "the writer of the state \"" + state + "\" failed while " + joiner
                        + " was given it; another member is asked. This is a defect of whoever registered it",
                cause);
        onNews.run();
    }

    @Override
    public void taken(ProcessId member, long view, long bytes) {
        log.log(Level.INFO, "took the state for view {0} from {1}: {2} bytes", view, member, bytes);
    }

    @Override
    public void nothingToTake(long view, Iterable<String> states) {
        log.log(
                Level.WARNING,
                "no member of the group has registered {0}: this process begins in view {1} with no state but its own",
                quoted(states),
                view);
    }

    @Override
    public void unknownStates(ProcessId member, Iterable<String> states) {
        log.log(
                Level.WARNING,
                "{0} offers {1}, for which nothing is registered here: it is not transferred. All processes register the"
                        + " same states",
                member,
                quoted(states));
    }

    private static String quoted(Iterable<String> states) {
        return "the state \"" + String.join("\", \"", states) + '"';
    }

    @Override
    public void abandonFailed(Throwable cause) {
        log.log(Level.ERROR, "a reader of a state failed when it was abandoned; nothing depends on it", cause);
    }

    @Override
    public void malformed(ProcessId from) {
        malformed++;
        if (saidNanos == Long.MIN_VALUE || clock.nanos() - saidNanos >= BETWEEN.toNanos()) {
            saidNanos = clock.nanos();
            log.log(
                    Level.WARNING,
                    "{0} sends what is no message of a transfer of state; dropped, like {1} in all. Is it of the same"
                            + " version?",
                    from,
                    malformed);
        }
    }

    @Override
    public void ended(long view, String why) {
        onEnd.accept("the group goes on to view " + view + ", and this process does not have its state: " + why
                + ". Started again it joins as a new incarnation; if the state is large, raise"
                + " group-membership.state-timeout or transfer less");
    }

    @Override
    public void readerFailed(String state, long view, Throwable cause) {
        String sentence = "the state \"" + state + "\" for view " + view + " cannot be read: " + cause
                + ". This is a defect of whoever registered it, or of who wrote it at another member";
        log.log(Level.ERROR, sentence, cause);
        onBroken.accept(sentence);
    }
}
