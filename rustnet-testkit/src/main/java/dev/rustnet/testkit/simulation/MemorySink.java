package dev.rustnet.testkit.simulation;

import dev.rustnet.component.Sink;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A text file in memory; a process that has crashed writes nothing more. */
final class MemorySink implements Sink {
    // Injected
    private final String name;
    private final List<String> lines;
    private final BooleanSupplier alive;

    MemorySink(String name, List<String> lines, BooleanSupplier alive) {
        this.name = name;
        this.lines = lines;
        this.alive = alive;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void line(CharSequence line) {
        if (alive.getAsBoolean()) {
            lines.add(line.toString());
        }
    }

    List<String> lines() {
        return Collections.unmodifiableList(lines);
    }

    @Override
    public void close() {}
}
