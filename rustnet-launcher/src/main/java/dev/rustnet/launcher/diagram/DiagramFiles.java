package dev.rustnet.launcher.diagram;

import dev.rustnet.launcher.process.CommandFailedException;
import dev.rustnet.launcher.process.FileProblem;
import dev.rustnet.testkit.diagram.HtmlPage;
import dev.rustnet.testkit.diagram.Mermaid;
import dev.rustnet.testkit.diagram.ShiViz;
import dev.rustnet.testkit.diagram.SpaceTime;
import dev.rustnet.testkit.diagram.SvgImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that ask for a diagram, and the files that they name. */
public final class DiagramFiles {
    @Option(names = "--html", paramLabel = "FILE", description = "Writes the space-time diagram as a page to explore.")
    private @Nullable Path html;

    @Option(names = "--svg", paramLabel = "FILE", description = "Writes the space-time diagram as an image.")
    private @Nullable Path svg;

    @Option(names = "--mermaid", paramLabel = "FILE", description = "Writes a Mermaid sequence diagram.")
    private @Nullable Path mermaid;

    @Option(names = "--shiviz", paramLabel = "FILE", description = "Writes a log with vector times for ShiViz.")
    private @Nullable Path shiviz;

    /** Made by picocli. */
    public DiagramFiles() {}

    /** Whether any is asked for. */
    public boolean wanted() {
        return !writers().isEmpty();
    }

    /** Writes what was asked for, and says where; a file that is there is replaced. */
    public void write(SpaceTime diagram, PrintWriter out) {
        writers().forEach((file, writer) -> {
            try {
                Files.writeString(file, writer.apply(diagram), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new CommandFailedException(file + " cannot be written: " + FileProblem.reason(e), e);
            }
            out.println("written: " + file);
        });
    }

    private Map<Path, Function<SpaceTime, String>> writers() {
        Map<Path, Function<SpaceTime, String>> writers = new LinkedHashMap<>();
        put(writers, html, HtmlPage::of);
        put(writers, svg, SvgImage::of);
        put(writers, mermaid, Mermaid::of);
        put(writers, shiviz, ShiViz::of);
        return writers;
    }

    private static void put(
            Map<Path, Function<SpaceTime, String>> writers, @Nullable Path file, Function<SpaceTime, String> writer) {
        if (file != null) {
            writers.put(file, writer);
        }
    }
}
