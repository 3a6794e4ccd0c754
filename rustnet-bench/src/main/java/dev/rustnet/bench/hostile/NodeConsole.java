package dev.rustnet.bench.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A node's side of the conversation with the benchmark: it hands over every line. Ends when the benchmark does, so that no
 * node is left behind.
 */
final class NodeConsole {
    private NodeConsole() {}

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static void serve(Consumer<String> onLine) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            onLine.accept(line);
        }
    }
}
