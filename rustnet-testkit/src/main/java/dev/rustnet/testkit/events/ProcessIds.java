package dev.rustnet.testkit.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which process each number of an event log stands for: the file {@code <log>.ids}. Its first line names the writer of
 * the log, each other one a process, appended when its incarnation is learnt; 0 stands for an incarnation that is not
 * known yet, and a later line of the same number replaces an earlier one.
 *
 * <pre>
 * writer 1
 * 1 first 1732300000000
 * 2 second 0
 * 2 second 1732300000417
 * </pre>
 *
 * @param writer the number of the process that wrote the log
 * @param processes the processes by number
 */
public record ProcessIds(int writer, SortedMap<Integer, Named> processes) {
    /** @param incarnation 0 when it is not known */
    public record Named(String name, long incarnation) {}

    public ProcessIds {
        processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    }

    /** The file that belongs to {@code log}. */
    public static Path fileOf(Path log) {
        return log.resolveSibling(log.getFileName() + ".ids");
    }

    /**
     * Reads the file that belongs to {@code log}; empty when there is none.
     *
     * @param mayBeTorn whether the process was killed, so that a last line without an end is passed over
     * @throws EventLogException when a line is not as it should be
     */
    public static Optional<ProcessIds> read(Path log, boolean mayBeTorn) {
        Path file = fileOf(log);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw EventLogException.unreadable(file, e);
        }
        if (mayBeTorn) {
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        return parse(file, text.lines().toList());
    }

    private static Optional<ProcessIds> parse(Path file, List<String> lines) {
        @Nullable Integer writer = null;
        SortedMap<Integer, Named> processes = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String[] words = line.split(" ");
            try {
                if (words.length == 2 && words[0].equals("writer")) {
                    writer = Integer.valueOf(words[1]);
                } else if (words.length == 3) {
                    processes.put(Integer.valueOf(words[0]), new Named(words[1], Long.parseLong(words[2])));
                } else {
                    throw new NumberFormatException();
                }
            } catch (NumberFormatException e) {
                throw new EventLogException(
                        file + ":" + (i + 1) + ": \"" + line
                                + "\" is neither \"writer NUMBER\" nor \"NUMBER NAME INCARNATION\"",
                        e);
            }
        }
        return writer == null ? Optional.empty() : Optional.of(new ProcessIds(writer, processes));
    }

    /**
     * What reports call the writer: its name, from its second incarnation on with its count, such as {@code third/2}; empty
     * when the file does not name it.
     */
    public Optional<String> writerName() {
        Named named = processes.get(writer);
        int earlier = writer / EventLogFormat.PER_INCARNATION;
        return Optional.ofNullable(named)
                .map(present -> earlier == 0 ? present.name() : present.name() + "/" + (earlier + 1));
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder("writer ").append(writer).append('\n');
        processes.forEach((number, process) -> text.append(number)
                .append(' ')
                .append(process.name())
                .append(' ')
                .append(process.incarnation())
                .append('\n'));
        return text.toString();
    }
}
