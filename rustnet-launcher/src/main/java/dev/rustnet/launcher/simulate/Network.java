package dev.rustnet.launcher.simulate;

import dev.rustnet.testkit.simulation.NetworkOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The networks that the command line can choose from: by name, or any one, drawn from the seed of the run or from another.
 *
 * @param text as it is written on the command line
 * @param named how it behaves where that does not depend on the seed
 */
record Network(String text, @Nullable NetworkOptions named) {
    private static final Map<String, NetworkOptions> NAMED = new TreeMap<>(Map.of(
            "lan", NetworkOptions.lan(), "rough", NetworkOptions.rough(), "datagrams", NetworkOptions.datagrams()));
    private static final String RANDOM = "random";

    static final Network LAN = parse("lan");
    static final Network ROUGH = parse("rough");

    /** @throws IllegalArgumentException when it is none; the message lists all */
    static Network parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        NetworkOptions options = NAMED.get(name);
        if (options != null || name.equals(RANDOM)) {
            return new Network(name, options);
        }
        if (name.matches(RANDOM + ":-?\\d{1,18}")) {
            return new Network(name, NetworkOptions.random(Long.parseLong(name.substring(RANDOM.length() + 1))));
        }
        throw new IllegalArgumentException("there are " + String.join(", ", NAMED.keySet()) + ", random and random:N");
    }

    /** The one that behaves like that, if it has a name. */
    static Optional<Network> of(NetworkOptions options) {
        return NAMED.keySet().stream()
                .filter(name -> options.equals(NAMED.get(name)))
                .map(Network::parse)
                .findFirst();
    }

    /** How it behaves in the run of that seed. */
    NetworkOptions options(long seed) {
        NetworkOptions same = named;
        return same == null ? NetworkOptions.random(seed) : same;
    }

    /** What this is in the run of that seed, whatever the seed. */
    Network of(long seed) {
        return named == null ? parse(RANDOM + ":" + seed) : this;
    }

    @Override
    public String toString() {
        return text;
    }
}
