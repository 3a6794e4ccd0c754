package dev.rustnet.launcher.demo;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.failure.FailureDetector;
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
import java.util.ArrayList;
import java.util.List;
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
    /** A line of standard input that begins so holds a text to broadcast. */
    static final String LINE = "> ";

    /** The line of standard input with which the event log is complete. */
    static final String REST = "rest";

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
        ProcessNumbering numbering = new ProcessNumbering(node.group());
        try (EventRecorder recorder = new EventRecorder(events, node.self(), numbering)) {
            Notices.log(node);
            record(node, numbering, recorder, running);
            tellViews(node, numbering, running);
            Channel channel = node.service(UniformReliableBroadcast.class).channel(CHANNEL);
            channel.onDeliver(delivery -> {
                recorder.deliver(delivery.source(), delivery.number());
                running.print(new NodeEvent.Delivered(numbering.label(delivery.source()), delivery.number()).line());
            });

            running.start();
            Thread input = new Thread(() -> obey(channel, recorder, running), "rustnet-input");
            input.setDaemon(true);
            input.start();
            running.await();
        }
        return ExitCode.GOOD;
    }

    private static void record(Node node, ProcessNumbering numbering, EventRecorder recorder, RunningNode running) {
        node.service(GroupMembership.class).listen(new MembershipListener() {
            @Override
            public void viewInstalled(View view) {
                numbering.install(view);
                recorder.install(view);
            }

            @Override
            public void joined(int rank, ProcessId process) {
                recorder.met(process);
            }

            @Override
            public void ended(Removal reason) {
                if (reason == Removal.EXCLUDED) {
                    recorder.excluded();
                }
            }
        });
        node.service(FailureDetector.class).listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(ProcessId process) {
                recorder.suspect(process);
                running.print(new NodeEvent.Suspected(numbering.label(process)).line());
            }

            @Override
            public void restore(ProcessId process) {
                recorder.restore(process);
                running.print(new NodeEvent.Restored(numbering.label(process)).line());
            }
        });
    }

    /** Those who are gone are published before the view that they are not in. */
    private static void tellViews(Node node, ProcessNumbering numbering, RunningNode running) {
        List<String> left = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        node.topics().subscribe(GroupMembership.PROCESS_LEFT, notice -> left.add(numbering.label(notice.process())));
        node.topics()
                .subscribe(GroupMembership.PROCESS_EXCLUDED, notice -> excluded.add(numbering.label(notice.process())));
        node.topics().subscribe(GroupMembership.VIEW_INSTALLED, notice -> {
            View view = notice.view();
            List<String> members = view.members().stream().map(numbering::label).toList();
            running.print(new NodeEvent.Installed(view.number(), members, left, excluded).line());
            left.clear();
            excluded.clear();
        });
    }

    private static void obey(Channel channel, EventRecorder recorder, RunningNode running) {
        InputLineReader lines = new InputLineReader(System.in, LINE.length() + InputLines.LONGEST, () -> {});
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.startsWith(LINE)) {
                    recorder.broadcast();
                    channel.broadcast(line.substring(LINE.length()));
                } else if (line.equals(REST)) {
                    recorder.rest();
                    running.print(new NodeEvent.Rested().line());
                }
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
