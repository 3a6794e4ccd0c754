package dev.rustnet.launcher;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.launcher.console.LinePrinter;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.launcher.process.RunningNode;
import dev.rustnet.node.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one node: lines of standard input are broadcast, deliveries printed. */
@Command(
        name = "run",
        description = {
            "Runs a node until SIGTERM or SIGINT.",
            "Each line of standard input is broadcast, each delivery printed on standard output as SENDER#NUMBER: TEXT."
                    + " The log goes to standard error. At the end of its input the node goes on, unless"
                    + " --until-end-of-input is given."
        })
final class RunCommand implements Callable<Integer> {
    private static final String CHANNEL = "lines";

    private static final System.Logger LOG = System.getLogger("rustnet.run");

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private NodeOptions options;

    @Option(
            names = "--over",
            paramLabel = "BROADCAST",
            defaultValue = "uniform-reliable",
            converter = GuaranteeConverter.class,
            description =
                    "Which broadcast: best-effort, reliable, uniform-reliable, causal. Default: ${DEFAULT-VALUE}.")
    private Guarantee over = Guarantee.UNIFORM_RELIABLE;

    @Option(
            names = "--until-end-of-input",
            description = "Stop in good order once standard input has ended and all of it was sent.")
    private boolean untilEndOfInput;

    /** Made by picocli. */
    RunCommand() {}

    @Override
    public Integer call() {
        Node node = options.builder().build();
        LinePrinter printer = new LinePrinter(System.out);
        Channel channel = over.of(node).channel(CHANNEL);
        channel.onDeliver(delivery -> printer.print(delivery.id() + ": " + delivery.text()));

        Notices.log(node);
        RunningNode running = new RunningNode(node, printer);
        running.start();
        LOG.log(System.Logger.Level.INFO, "{0} listens on {1}, broadcasts over {2}", node.self(), node.address(), over);
        var unused = node.whenJoined()
                .thenRun(() -> LOG.log(
                        System.Logger.Level.INFO,
                        "all {0} members have joined, {1} ms after the start of this process",
                        Integer.toString(node.group().size()),
                        Long.toString(sinceStart().toMillis())));

        Thread input = new Thread(() -> broadcastInput(channel, running), "rustnet-input");
        input.setDaemon(true);
        input.start();
        running.await();
        return ExitCode.GOOD;
    }

    private void broadcastInput(Channel channel, RunningNode running) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                broadcast(channel, line);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "standard input cannot be read any more: " + e);
        } catch (IllegalStateException e) {
            // The node has stopped; whoever waits for that says why.
            return;
        }
        if (untilEndOfInput) {
            running.end();
        }
    }

    private static void broadcast(Channel channel, String line) {
        try {
            channel.broadcast(line);
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "a line was not broadcast: " + e.getMessage());
        }
    }

    private static Duration sinceStart() {
        Instant now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }
}
