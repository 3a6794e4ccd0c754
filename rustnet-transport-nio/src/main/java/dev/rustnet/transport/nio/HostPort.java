package dev.rustnet.transport.nio;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * An address as people write it: {@code host:port}, where the host may be a name, an IPv4 address, or an IPv6 address with
 * or without brackets.
 */
record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    /** @throws IllegalArgumentException when it is not one; the message is a sentence's end */
    static HostPort parse(String address) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("is not host:port");
        }
        String host = address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(address.substring(colon + 1));
        if (host.isBlank() || port < 0) {
            throw new IllegalArgumentException("is not host:port with a port from 0 to " + MAX_PORT);
        }
        return new HostPort(host, port);
    }

    static String format(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    static String format(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return format(ip == null ? address.getHostString() : ip.getHostAddress(), address.getPort());
    }

    /** Whether the host is an IP address for certain, so that turning it into one asks nobody. */
    boolean literal() {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    @Override
    public String toString() {
        return format(host, port);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= MAX_PORT ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
