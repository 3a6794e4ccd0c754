package dev.rustnet.bench;

import dev.rustnet.bench.micro.MicroBenchmarks;
import dev.rustnet.bench.micro.MicroFigure;
import dev.rustnet.bench.micro.MicroScale;
import dev.rustnet.bench.micro.MicroTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;

/** One run of {@code --micro}: measures the parts, tells which it is at, and writes the table down. */
final class MicroRun {
    // Injected
    private final CommandLine command;
    private final List<String> benchmarks;
    private final MicroScale scale;

    // State
    private int step;

    MicroRun(CommandLine command, List<String> benchmarks, MicroScale scale) {
        this.command = command;
        this.benchmarks = benchmarks;
        this.scale = scale;
    }

    void measure(String machine, Path output) throws IOException, RunnerException {
        List<MicroFigure> figures = MicroBenchmarks.measure(benchmarks, scale, this::tell);
        String text = "# The parts, one by one\n\n" + machine + ". JVMs for each: " + scale.forks()
                + ", one after the other; in each " + scale.warmUps() + " s of warm-up and " + scale.iterations()
                + " s that count. ±: at 99.9 %.\n\n" + MicroTable.of(figures);
        Files.createDirectories(output);
        Files.writeString(output.resolve("micro.md"), text);
        PrintWriter out = command.getOut();
        out.print(text);
        out.println("\nmicro.md is in " + output.toAbsolutePath());
        out.flush();
    }

    private void tell(String benchmark) {
        PrintWriter progress = command.getErr();
        progress.printf(Locale.ROOT, "%3d/%d %s%n", ++step, benchmarks.size(), benchmark);
        progress.flush();
    }
}
