package dev.rustnet.launcher.demo;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.launcher.console.InputLineReader;
import dev.rustnet.launcher.console.StandardOutput;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.launcher.process.Notices;
import dev.rustnet.launcher.process.RunningNode;
import dev.rustnet.node.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One node of the demonstration: broadcasts the lines of its standard input, writes its event log, and tells the process
 * that started it what happens, as {@link NodeEvent}s on standard output. Ends when its input does, so that it does not
 * outlive that process.
 */
@Command(name = "demo-node", hidden = true, description = "One node of the demonstration; started by it.")
public final class DemoNodeCommand implements Callable<Integer> {
    private static final String CHANNEL = "lines";

    @Option(names = "--config", required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private Path config;

    @Option(names = "--events", required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private Path events;

    /** Made by picocli. */
    public DemoNodeCommand() {}

    @Override
    public Integer call() throws IOException {
        Node node = Node.builder(config).build();
        RunningNode running = new RunningNode(node, StandardOutput.current());
        try (EventRecorder recorder = new EventRecorder(events, node.group(), node.self())) {
            Notices.log(node);
            record(node, recorder, running);
            Channel channel = node.service(UniformReliableBroadcast.class).channel(CHANNEL);
            channel.onDeliver(delivery -> {
                recorder.deliver(delivery.source(), delivery.number());
                running.print(new NodeEvent.Delivered(delivery.source().name(), delivery.number()).line());
            });

            running.start();
            Thread input = new Thread(() -> broadcastInput(channel, recorder, running), "rustnet-input");
            input.setDaemon(true);
            input.start();
            running.await();
        }
        return ExitCode.GOOD;
    }

    private static void record(Node node, EventRecorder recorder, RunningNode running) {
        node.service(GroupMembership.class).listen(new MembershipListener() {
            @Override
            public void viewInstalled(View view) {
                recorder.install(view);
            }

            @Override
            public void joined(int rank, ProcessId process) {
                recorder.met(process);
                running.print(new NodeEvent.Joined(process.name()).line());
            }
        });
        node.service(PerfectFailureDetector.class).listen(process -> {
            recorder.crash(process);
            running.print(new NodeEvent.Crashed(process.name()).line());
        });
    }

    private static void broadcastInput(Channel channel, EventRecorder recorder, RunningNode running) {
        InputLineReader lines = new InputLineReader(System.in, InputLines.LONGEST, () -> {});
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                recorder.broadcast();
                channel.broadcast(line);
            }
            running.end();
        } catch (IOException | IllegalStateException e) {
            System.err.println("input ended: " + e);
            running.end();
        } catch (Throwable e) {
            running.fail("The input cannot be broadcast any more: " + e, e);
        }
    }
}
