package dev.rustnet.transport.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A process that runs out of file descriptors, for real: in a JVM of its own that may have few. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class FewDescriptorsIT {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int MAX_DESCRIPTORS = 100;
    private static final int CONNECTIONS = 150;
    private static final byte[] FRAME = {0, 0, 0, 1, 7};

    @Test
    void pausesAcceptingReportsOnceAndGoesOnWhenDescriptorsAreFreeAgain() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(SHELL), "no shell here");
        Process process = new ProcessBuilder(
                        SHELL.toString(),
                        "-c",
                        "ulimit -n " + MAX_DESCRIPTORS + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            int port = Integer.parseInt(hear(out, "port "));
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }

            assertThat(hear(out, "log ")).startsWith("RN-036").contains("127.0.0.1:" + port);
            // Those that are open go on meanwhile.
            sockets.get(0).getOutputStream().write(FRAME);
            assertThat(hear(out, "")).isEqualTo("received");

            for (Socket socket : sockets) {
                socket.close();
            }
            try (Socket last = new Socket(InetAddress.getLoopbackAddress(), port)) {
                last.getOutputStream().write(FRAME);
                // No second report before it.
                assertThat(hear(out, "")).isEqualTo("received");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String hear(BufferedReader out, String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
        }
        throw new AssertionError("the other process has ended");
    }

    /** Accepts, and prints what it receives and reports. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) {
            var log = new LogLines();
            var handler = new RecordingHandler();
            handler.onReceived = (connection, frame) -> System.out.println("received");
            Transport transport = new NioTransport(
                    new TransportProvider.Settings(
                            "127.0.0.1:0",
                            1024,
                            1_000,
                            Duration.ofSeconds(1),
                            ConfigFactory.load().getConfig("rustnet.transport.nio"),
                            Runnable::run,
                            log),
                    System::nanoTime,
                    host -> List.of(InetAddress.getAllByName(host)));
            transport.open(handler);
            loadAllClasses(transport, handler);
            System.out.println("port " + Loopback.port(transport));
            while (true) {
                transport.poll(-1);
                log.lines.forEach(line ->
                        System.out.println("log " + line.lines().findFirst().orElseThrow()));
                log.lines.clear();
            }
        }

        /** Those that come from directories need a descriptor, too. */
        private static void loadAllClasses(Transport transport, RecordingHandler handler) {
            Connection connection = transport.dial(transport.localAddress());
            while (handler.count("opened") == 0) {
                transport.poll(-1);
            }
            connection.close();
            while (handler.count("closed") == 0) {
                transport.poll(-1);
            }
        }
    }
}
