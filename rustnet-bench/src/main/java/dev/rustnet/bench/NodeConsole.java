package dev.rustnet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A node's side of the conversation with the benchmark: it answers {@code sample} itself and hands over every other line.
 * Ends when the benchmark does, so that no node is left behind.
 */
final class NodeConsole {
    private NodeConsole() {}

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static void serve(LongSupplier delivered, Consumer<String> onLine) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("sample")) {
                say(Sample.of(delivered.getAsLong()).toString());
            } else {
                onLine.accept(line);
            }
        }
    }
}
