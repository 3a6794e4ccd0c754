package dev.rustnet.launcher.simulate;

import dev.rustnet.testkit.simulation.NetworkOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The networks that the command line can choose from. */
enum Network {
    LAN(NetworkOptions.lan()),
    ROUGH(NetworkOptions.rough()),
    DATAGRAMS(NetworkOptions.datagrams());

    @SuppressWarnings("ImmutableEnumChecker") // A record of numbers and durations.
    private final NetworkOptions options;

    Network(NetworkOptions options) {
        this.options = options;
    }

    /** The one that behaves like that, if it has a name. */
    static Optional<Network> of(NetworkOptions options) {
        return Arrays.stream(values())
                .filter(network -> network.options.equals(options))
                .findFirst();
    }

    NetworkOptions options() {
        return options;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
