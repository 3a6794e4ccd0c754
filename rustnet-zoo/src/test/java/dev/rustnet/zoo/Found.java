package dev.rustnet.zoo;

import dev.rustnet.testkit.simulation.FaultLines;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RunScript;
import dev.rustnet.testkit.simulation.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a hunt has found, as it is kept in {@code rustnet-zoo/found}: which seed, and the smaller run.
 *
 * @param texts by name, one line each in its file
 */
record Found(Map<String, String> texts) {
    private static final Map<String, NetworkOptions> NETWORKS = Map.of(
            "lan", NetworkOptions.lan(), "rough", NetworkOptions.rough(), "datagrams", NetworkOptions.datagrams());

    Found {
        texts = Map.copyOf(texts);
    }

    static Path file(Bug bug) {
        return Bug.root().resolve("rustnet-zoo/found/" + bug.name() + ".txt");
    }

    /** What was found of that bug. */
    static Found read(Bug bug) {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file(bug))) {
                String key = line.substring(0, line.indexOf(':'));
                texts.put(key, line.substring(key.length() + 1).strip());
            }
            return new Found(texts);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    "rustnet-zoo/bugs/" + bug.name() + ".diff has never been hunted; " + Zoo.HOW_TO_RENEW, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps it. */
    void write(Bug bug) {
        try {
            Files.createDirectories(file(bug).getParent());
            Files.writeString(file(bug), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return texts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> (entry.getKey() + ": " + entry.getValue()).strip() + "\n")
                .collect(Collectors.joining());
    }

    /** The same, with another text of that name. */
    Found with(String key, String text) {
        Map<String, String> others = new LinkedHashMap<>(texts);
        others.put(key, text);
        return new Found(others);
    }

    String of(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("a found bug has no " + key + "; " + Zoo.HOW_TO_RENEW);
        }
        return text;
    }

    long number(String key) {
        return Long.parseLong(of(key));
    }

    /** How many events the first run has for each of the smaller one. */
    double reduction() {
        return (double) number("events") / number("smaller-events");
    }

    /** The middle one of their reductions; of two in the middle, what lies between. */
    static double median(Collection<Found> all) {
        double[] reductions =
                all.stream().mapToDouble(Found::reduction).sorted().toArray();
        return (reductions[(reductions.length - 1) / 2] + reductions[reductions.length / 2]) / 2;
    }

    List<String> faults() {
        return lines(texts);
    }

    static Map<String, String> texts(RunScript script) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("smaller-size", script.size());
        texts.put("smaller-seed", "" + script.seed());
        texts.put("smaller-processes", "" + script.processes());
        texts.put(
                "smaller-messages",
                script.messages().stream().map(String::valueOf).collect(Collectors.joining(",")));
        texts.put("smaller-faults", String.join("; ", FaultLines.of(script.faults())));
        texts.put("smaller-start-spread", FaultLines.text(script.startSpread()));
        texts.put(
                "smaller-network",
                NETWORKS.entrySet().stream()
                        .filter(network -> network.getValue().equals(script.network()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow());
        return texts;
    }

    static RunScript script(Map<String, String> texts) {
        int processes = Integer.parseInt(texts.get("smaller-processes"));
        return new RunScript(
                processes,
                Long.parseLong(texts.get("smaller-seed")),
                Arrays.stream(texts.get("smaller-messages").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                FaultLines.parse(lines(texts), Simulation.of(processes).processes()),
                NETWORKS.get(texts.get("smaller-network")),
                FaultLines.time(texts.get("smaller-start-spread")));
    }

    private static List<String> lines(Map<String, String> texts) {
        String faults = texts.getOrDefault("smaller-faults", "");
        return faults.isEmpty() ? List.of() : List.of(faults.split("; "));
    }
}
