package dev.rustnet.launcher.process;

import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.node.Node;
import java.util.stream.Collectors;

/**
 * Logs what a node's components publish about the other processes: views, and who joined, left, is suspected,
 * crashed, is out.
 */
public final class Notices {
    private static final System.Logger LOG = System.getLogger("rustnet.group");

    private Notices() {}

    /** Before the node starts. */
    public static void log(Node node) {
        node.onIncarnationEnded(ended -> ended.unknown()
                .forEach(unknown -> warn("it is not known whether the others deliver " + sum(unknown) + " of "
                        + unknown.source() + " over " + unknown.service())));
        TopicBus topics = node.topics();
        topics.subscribe(GroupMembership.PROCESS_JOINED, joined -> {
            if (!joined.process().equals(node.self())) {
                info(joined.process() + " joined");
            }
        });
        topics.subscribe(GroupMembership.PROCESS_LEFT, left -> info(left.process() + " left"));
        topics.subscribe(
                GroupMembership.PROCESS_EXCLUDED,
                excluded -> warn(excluded.process() + " is out: it crashed, or was not reached for too long"));
        topics.subscribe(GroupMembership.VIEW_INSTALLED, installed -> {
            View view = installed.view();
            if (view.members().stream().allMatch(ProcessId::known)) { // else it is the one that names the peer list
                info("view " + view.number() + ": "
                        + view.members().stream().map(ProcessId::name).collect(Collectors.joining(", ")));
            }
        });
        topics.subscribe(
                GroupMembership.QUORUM_LOST,
                lost -> warn("only " + lost.reached() + " of the " + lost.view().size() + " members of view "
                        + lost.view().number() + " are reached, which is no majority: no view can follow until it is"));
        topics.subscribe(
                GroupMembership.QUORUM_REGAINED,
                regained -> info("a majority of view " + regained.view().number() + " is reached again"));
        // A perfect detector publishes the crash, and the suspicion that it rests on would only say it twice.
        if (node.findService(PerfectFailureDetector.class).isPresent()) {
            topics.subscribe(
                    PerfectFailureDetector.PROCESS_CRASHED,
                    crashed -> warn(crashed.process() + " crashed: " + crashed.evidence()));
        } else {
            topics.subscribe(
                    FailureDetector.PROCESS_SUSPECTED,
                    suspected -> warn(suspected.process() + " is suspected: " + suspected.evidence()));
            topics.subscribe(
                    FailureDetector.PROCESS_RESTORED, restored -> info(restored.process() + " is suspected no more"));
        }
    }

    private static String sum(UnknownOutcome unknown) {
        return unknown.count() == 1
                ? "broadcast " + unknown.first()
                : "broadcasts " + unknown.first() + " to " + unknown.last();
    }

    private static void info(String sentence) {
        LOG.log(System.Logger.Level.INFO, sentence);
    }

    private static void warn(String sentence) {
        LOG.log(System.Logger.Level.WARNING, sentence);
    }
}
