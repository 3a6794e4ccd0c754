package dev.rustnet.launcher.demo;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogFormat;
import dev.rustnet.testkit.events.ProcessIds;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes the event log of one node. Each line has reached the operating system when its method returns, so that it
 * survives SIGKILL. Any thread; the order of the calls is the order of the lines.
 */
final class EventRecorder implements AutoCloseable {
    // Injected
    private final Group group;
    private final OutputStream log;
    private final OutputStream ids;

    // State
    private long broadcasts;

    /** Creates {@code file} and the file of process numbers beside it; neither may exist. */
    EventRecorder(Path file, Group group, ProcessId self) throws IOException {
        this.group = group;
        this.log = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        this.ids = Files.newOutputStream(ProcessIds.fileOf(file), StandardOpenOption.CREATE_NEW);
        write(ids, "writer " + number(self));
        met(self);
    }

    /** A message is about to be broadcast. */
    synchronized void broadcast() {
        write(new Event.Broadcast(++broadcasts));
    }

    synchronized void deliver(ProcessId sender, long number) {
        write(new Event.Deliver(number(sender), number));
    }

    synchronized void crash(ProcessId process) {
        write(new Event.Suspect(number(process)));
    }

    synchronized void install(View view) {
        List<Integer> members = view.members().stream().map(this::number).toList();
        write(new Event.InstallView(view.number(), members));
    }

    /** The incarnation of {@code process} has been learnt. */
    synchronized void met(ProcessId process) {
        write(ids, number(process) + " " + process.name() + " " + process.incarnation());
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
        ids.close();
    }

    private int number(ProcessId process) {
        return group.rank(process.name()).orElseThrow() + 1;
    }

    private void write(Event event) {
        write(log, EventLogFormat.line(event));
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
