package dev.rustnet.launcher.demo;

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
    private final ProcessId self;
    private final ProcessNumbering numbering;
    private final OutputStream log;
    private final OutputStream ids;

    // State
    private long broadcasts;
    private boolean writerNamed;
    private boolean ended;

    /** Creates {@code file} and the file of process numbers beside it; neither may exist. */
    EventRecorder(Path file, ProcessId self, ProcessNumbering numbering) throws IOException {
        this.self = self;
        this.numbering = numbering;
        this.log = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        this.ids = Files.newOutputStream(ProcessIds.fileOf(file), StandardOpenOption.CREATE_NEW);
    }

    /** A message is about to be broadcast. */
    synchronized void broadcast() {
        write(new Event.Broadcast(++broadcasts));
    }

    synchronized void deliver(ProcessId sender, long number) {
        write(new Event.Deliver(numbering.number(sender), number));
    }

    synchronized void suspect(ProcessId process) {
        write(new Event.Suspect(numbering.number(process)));
    }

    synchronized void restore(ProcessId process) {
        write(new Event.Restore(numbering.number(process)));
    }

    /** The numbering knows that view already. */
    synchronized void install(View view) {
        if (!writerNamed && view.rank(self) >= 0) {
            writerNamed = true;
            write(ids, "writer " + numbering.number(self));
            met(self);
        }
        List<Integer> members = view.members().stream().map(numbering::number).toList();
        write(new Event.InstallView(view.number(), members));
    }

    /** The incarnation of {@code process} has been learnt. */
    synchronized void met(ProcessId process) {
        if (!ended) {
            write(ids, numbering.number(process) + " " + process.name() + " " + process.incarnation());
        }
    }

    /** This process was excluded: it counts as crashed, and nothing follows. */
    synchronized void excluded() {
        write(new Event.End());
        ended = true;
    }

    /** The run has come to rest: what follows is its end, which is not judged. */
    synchronized void rest() {
        ended = true;
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
        ids.close();
    }

    private void write(Event event) {
        if (!ended) {
            write(log, EventLogFormat.line(event));
        }
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
