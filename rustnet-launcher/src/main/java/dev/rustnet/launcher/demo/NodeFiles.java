package dev.rustnet.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of one incarnation of a node of the demonstration.
 *
 * @param name of the process
 * @param incarnation from 1
 * @param address where it listens
 * @param config its configuration, the same for all incarnations
 * @param events its event log
 * @param log what it writes to standard error
 */
record NodeFiles(String name, int incarnation, String address, Path config, Path events, Path log) {
    /** Those of the first incarnation. */
    static NodeFiles in(Path directory, String name, String address) {
        return new NodeFiles(
                name,
                1,
                address,
                directory.resolve(name + ".conf"),
                directory.resolve(name + ".events"),
                directory.resolve(name + ".log"));
    }

    /** Those of the next incarnation. */
    NodeFiles next() {
        String ending = "." + incarnation;
        return new NodeFiles(
                name,
                incarnation + 1,
                address,
                config,
                config.resolveSibling(name + ".events" + ending),
                config.resolveSibling(name + ".log" + ending));
    }

    /** How the process is called, from the second incarnation on with its count: {@code third/2}. */
    String label() {
        return incarnation == 1 ? name : name + "/" + incarnation;
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
                  # Views on which a majority agrees: who was killed is excluded, and comes back as a new process.
                  services.group-membership = group-membership
                  components {
                    # Who is killed is suspected at once, since its port refuses connections; who is merely silent, after two
                    # seconds.
                    failure-detector { heartbeat-interval = 200ms, timeout = 2s }
                    # Short, so that there is something to see: by default it would be ten times the timeout.
                    group-membership { exclusion-timeout = %ds }
                  }
                }
                """.formatted(
                        name, address, address, members.size() - 1, peers, DemoPlan.EXCLUSION_TIMEOUT_SECONDS));
    }
}
