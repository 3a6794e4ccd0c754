package dev.rustnet.core.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    @TempDir
    Path folder;

    @Test
    void aLineIsInTheFileWhenTheCallReturns() throws IOException {
        Path file = folder.resolve("logs/events.log");

        try (Sink sink = FileSink.open(file)) {
            sink.line("b first 1 ä");

            assertThat(Files.readString(file)).isEqualTo("b first 1 ä\n");
        }
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("events.log"), "old");
        Files.writeString(folder.resolve("events.log.1"), "older");

        try (Sink sink = FileSink.open(file)) {
            sink.line("new");

            assertThat(sink.name()).isEqualTo(folder.resolve("events.log.2").toString());
        }
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(Files.readString(folder.resolve("events.log.2"))).isEqualTo("new\n");
    }

    @Test
    void aFileThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("below.log");

        assertThatThrownBy(() -> FileSink.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("below.log");
    }

    @Test
    void aStoreGivesBackItsLastRecord() {
        Path path = folder.resolve("data/membership/view");
        Store store = new FileStore(path);
        assertThat(store.read()).isEmpty();

        store.replace(bytes("one"));
        store.replace(bytes("two"));

        assertThat(new FileStore(path).read())
                .hasValueSatisfying(record -> assertThat(record).isEqualTo(bytes("two")));
        assertThat(folder.resolve("data/membership")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void aRecordThatWasHalfWrittenIsNotRead() throws IOException {
        Path path = folder.resolve("view");
        Store store = new FileStore(path);
        store.replace(bytes("whole"));

        Files.write(folder.resolve("view.new"), bytes("ha"));

        assertThat(store.read()).hasValueSatisfying(record -> assertThat(record).isEqualTo(bytes("whole")));
    }

    @Test
    void aRecordIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileStore(folder.resolve("view")).replace(new byte[65 * 1024]));
    }

    @Test
    void anyNameGivesOneFileInItsFolder() {
        assertThat(FileStore.fileName("../10.0.0.1:8888")).doesNotContain("/", ".", ":");
        assertThat(FileStore.fileName("a.b")).isNotEqualTo(FileStore.fileName("a:b"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
