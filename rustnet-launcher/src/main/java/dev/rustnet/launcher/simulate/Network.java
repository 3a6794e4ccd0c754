package dev.rustnet.launcher.simulate;

import dev.rustnet.testkit.simulation.NetworkOptions;
import java.util.Locale;

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

    NetworkOptions options() {
        return options;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
