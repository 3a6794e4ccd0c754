package dev.rustnet.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of one node of the demonstration.
 *
 * @param name of the process
 * @param address where it listens
 * @param config its configuration
 * @param events its event log
 * @param log what it writes to standard error
 */
record NodeFiles(String name, String address, Path config, Path events, Path log) {
    static NodeFiles in(Path directory, String name, String address) {
        return new NodeFiles(
                name,
                address,
                directory.resolve(name + ".conf"),
                directory.resolve(name + ".events"),
                directory.resolve(name + ".log"));
    }

    /** Writes the configuration; {@code members} are all nodes, this one included. */
    void writeConfig(List<NodeFiles> members) throws IOException {
        String peers = members.stream()
                .map(member -> "\"" + member.name() + "@" + member.address() + "\"")
                .collect(Collectors.joining(", "));
        Files.writeString(config, """
                # Written by: rustnet demo
                rustnet {
                  node { name = "%s", bind = "%s", advertise = "%s", max-peers = %d }
                  peers = [%s]
                  components {
                    # All on one machine, and nobody is paused: whoever is silent for so long has crashed. That makes the
                    # detector a perfect one, so that a killed process holds nothing up for ever.
                    failure-detector { heartbeat-interval = 200ms, timeout = 2s, assume-synchrony = true }
                    # Deliver once all who have not crashed are known to have the message.
                    uniform-reliable-broadcast { commit = all }
                  }
                }
                """.formatted(name, address, address, members.size() - 1, peers));
    }
}
