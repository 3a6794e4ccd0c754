package dev.rustnet.core.settings;

/**
 * {@code host:port} as a person writes it; nothing is resolved.
 *
 * @param host a name or an address, an IPv6 address without its brackets
 * @param port 0 to 65535
 */
record Address(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException when it is not an address; the message says why */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("it has no port: write host:port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets: write [::1]:8888");
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("it has no host: write host:port");
        }
        if (!host.chars().allMatch(c -> c > ' ' && c < 127 && "@/[]".indexOf(c) < 0)) {
            throw new IllegalArgumentException("\"" + host + "\" is not a host");
        }
        return new Address(host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number that is out of range.
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a port: a whole number from 0 to " + MAX_PORT);
    }
}
