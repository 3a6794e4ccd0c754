package dev.rustnet.launcher.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Processes of one group on free ports of this machine, with their configuration files. Closing it kills them all. */
final class LoopbackGroup implements AutoCloseable {
    /** Quick detection; two seconds, because a loaded machine stalls for a while now and then. */
    static final String QUICK = "failure-detector { heartbeat-interval = 200ms, timeout = 2s }";

    static final String QUICK_AND_PERFECT =
            "failure-detector { heartbeat-interval = 200ms, timeout = 2s, assume-synchrony = true }";

    // Injected
    private final Path directory;

    // State
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<RustnetProcess> processes = new ArrayList<>();

    LoopbackGroup(Path directory, String... names) {
        this.directory = directory;
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (String name : names) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                addresses.put(name, "127.0.0.1:" + socket.getLocalPort());
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address(String name) {
        return addresses.get(name);
    }

    /** The entry of the list of peers. */
    String peer(String name) {
        return name + "@" + address(name);
    }

    /** Writes the configuration of {@code name}; all are its peers. */
    Path configure(String name, String components) {
        return configure(name, components, List.copyOf(addresses.keySet()));
    }

    /** Writes the configuration of {@code name}, whose list of peers holds those {@code members} only. */
    Path configure(String name, String components, List<String> members) {
        return write(name + ".conf", """
                rustnet {
                  node { name = %s, bind = "%s" }
                  peers = [%s]
                  components { %s }
                }
                """.formatted(
                        name,
                        address(name),
                        members.stream().map(member -> '"' + peer(member) + '"').collect(Collectors.joining(", ")),
                        components));
    }

    Path write(String file, String text) {
        try {
            return Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Configures and runs the process. */
    RustnetProcess run(String name, String components, String... options) {
        return run(name, configure(name, components), options);
    }

    /** Runs the process with that configuration. */
    RustnetProcess run(String name, Path config, String... options) {
        return run(name, Distribution.path(), Map.of(), config, options);
    }

    RustnetProcess run(
            String name, Path distribution, Map<String, String> environment, Path config, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "-c", config.toString()));
        arguments.addAll(Arrays.asList(options));
        RustnetProcess process =
                RustnetProcess.start(name, distribution, environment, arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(RustnetProcess::close);
    }
}
