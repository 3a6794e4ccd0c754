package dev.rustnet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void eachCodeHasItsChapterAndEachChapterItsCode() throws IOException {
        List<String> chapters = codes(Files.readString(ROOT.resolve("docs/errors.md")), "### (RN-\\d{3})");

        TreeSet<String> used = new TreeSet<>(
                Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(ErrorCatalogueTest::isSource).toList()) {
                used.addAll(codes(Files.readString(file), "(RN-\\d{3})"));
            }
        }

        assertThat(chapters).doesNotHaveDuplicates().isSorted();
        assertThat(chapters).containsExactlyElementsOf(used);
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("/src/main/");
    }

    private static List<String> codes(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
