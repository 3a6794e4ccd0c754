package dev.rustnet.launcher;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.launcher.console.StandardOutput;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.launcher.process.Guarantee;
import dev.rustnet.launcher.process.GuaranteeConverter;
import dev.rustnet.launcher.process.Notices;
import dev.rustnet.launcher.process.RunningNode;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one node: lines of standard input are broadcast, deliveries printed. */
@Command(
        name = "run",
        description = {
            "Runs a node until SIGTERM or SIGINT.",
            "Each line of standard input is broadcast, each delivery printed on standard output as SENDER#NUMBER: TEXT."
                    + " The log goes to standard error. When standard output cannot be written the node stops, with exit code"
                    + " 1; when its reader leaves, as head does, with exit code 0. At the end of its input the node goes on, unless"
                    + " --until-end-of-input is given."
        })
final class RunCommand implements Callable<Integer> {
    private static final String CHANNEL = "lines";

    private static final System.Logger LOG = System.getLogger("rustnet.run");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private NodeOptions options;

    @Option(
            names = "--over",
            paramLabel = "BROADCAST",
            defaultValue = "uniform-reliable",
            converter = GuaranteeConverter.class,
            description = "Which broadcast: best-effort, reliable, uniform-reliable or causal."
                    + " Default: ${DEFAULT-VALUE}.")
    private Guarantee over = Guarantee.UNIFORM_RELIABLE;

    @Option(
            names = "--until-end-of-input",
            description = "Stop in good order once standard input has ended and every member has all of it.")
    private boolean untilEndOfInput;

    /** Made by picocli. */
    RunCommand() {}

    @Override
    public Integer call() {
        NodeBuilder builder = options.builder();
        Node node = builder.build();
        Channel channel = broadcast(node).channel(CHANNEL);
        RunningNode running = new RunningNode(node, StandardOutput.current());
        channel.onDeliver(delivery -> running.print(delivery.id() + ": " + delivery.text()));

        Notices.log(node);
        running.start();
        LOG.log(System.Logger.Level.INFO, "{0} listens on {1}, broadcasts over {2}", node.self(), node.address(), over);
        var unused = node.whenJoined()
                .thenRun(() -> node.execute(() -> LOG.log(
                        System.Logger.Level.INFO,
                        "{0} joined, {1} ms after the start of this process",
                        whoHas(node),
                        Long.toString(ManagementFactory.getRuntimeMXBean().getUptime()))));

        int longest = Math.toIntExact(builder.effectiveConfig().getBytes("rustnet.node.max-message-size"));
        new InputBroadcast(System.in, longest, channel, running, untilEndOfInput).start();
        running.await();
        return ExitCode.GOOD;
    }

    /** On the loop. */
    private static String whoHas(Node node) {
        int all = node.group().size();
        int there = node.service(GroupMembership.class).view().size();
        if (there < all) {
            return there + " of " + all + " members have";
        }
        return all == 1 ? "the only member has" : "all " + all + " members have";
    }

    private Broadcast broadcast(Node node) {
        return over.of(node)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no " + over
                                + " broadcast in this node: no enabled component provides it. Choose another"
                                + " with --over; what there is shows: rustnet explain -c FILE"));
    }
}
