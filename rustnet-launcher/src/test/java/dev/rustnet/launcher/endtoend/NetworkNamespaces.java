package dev.rustnet.launcher.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hosts of their own on this machine: network namespaces of Linux on two switches, of which one is empty as long as all can reach
 * each other. A partition moves hosts to the other one: their packets vanish, and nobody is told.
 */
final class NetworkNamespaces implements AutoCloseable {
    private static final String PREFIX = "rn" + ProcessHandle.current().pid();
    private static final String SWITCHES = PREFIX + "-s";

    private final int hosts;

    private NetworkNamespaces(int hosts) {
        this.hosts = hosts;
    }

    /** Why there can be none here; null when there can. */
    static String obstacle() {
        try {
            String name = PREFIX + "-try";
            ip("netns", "add", name);
            try {
                // Some containers may have namespaces, but no links in them.
                ip("-n", name, "link", "add", "sw", "type", "bridge");
                ip("-n", name, "link", "add", "one", "type", "veth", "peer", "name", "other");
            } finally {
                ip("netns", "del", name);
            }
            return null;
        } catch (IOException | IllegalStateException e) {
            return "network namespaces need root and the command ip (iproute2): " + e.getMessage();
        }
    }

    static NetworkNamespaces of(int hosts) throws IOException {
        NetworkNamespaces namespaces = new NetworkNamespaces(hosts);
        try {
            namespaces.make();
            return namespaces;
        } catch (IOException | RuntimeException e) {
            namespaces.close();
            throw e;
        }
    }

    private void make() throws IOException {
        ip("netns", "add", SWITCHES);
        for (String bridge : List.of("together", "apart")) {
            ip("-n", SWITCHES, "link", "add", bridge, "type", "bridge", "forward_delay", "0");
            ip("-n", SWITCHES, "link", "set", bridge, "up");
        }
        for (int host = 1; host <= hosts; host++) {
            ip("netns", "add", name(host));
            ip("-n", SWITCHES, "link", "add", "p" + host, "type", "veth", "peer", "name", "eth0", "netns", name(host));
            ip("-n", SWITCHES, "link", "set", "p" + host, "master", "together", "up");
            ip("-n", name(host), "link", "set", "lo", "up");
            ip("-n", name(host), "link", "set", "eth0", "up");
            ip("-n", name(host), "addr", "add", address(host) + "/24", "dev", "eth0");
        }
    }

    private static String name(int host) {
        return PREFIX + "-" + host;
    }

    /** The address of that host, from 1. */
    static String address(int host) {
        return "10.213.7." + host;
    }

    /** What to put before a command so that it runs on that host. */
    static List<String> on(int host) {
        return List.of("ip", "netns", "exec", name(host));
    }

    /** From now on those hosts reach each other, and all others each other. */
    void partition(int... apart) throws IOException {
        for (int host : apart) {
            ip("-n", SWITCHES, "link", "set", "p" + host, "master", "apart");
        }
    }

    /** From now on all reach each other. */
    void heal() throws IOException {
        for (int host = 1; host <= hosts; host++) {
            ip("-n", SWITCHES, "link", "set", "p" + host, "master", "together");
        }
    }

    @Override
    public void close() {
        List<String> names = new ArrayList<>(List.of(SWITCHES));
        for (int host = 1; host <= hosts; host++) {
            names.add(name(host));
        }
        for (String name : names) {
            try {
                ip("netns", "del", name);
            } catch (IllegalStateException e) {
                // It was not made.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
