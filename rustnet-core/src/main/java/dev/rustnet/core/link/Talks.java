package dev.rustnet.core.link;

import dev.rustnet.core.link.Talk.Stage;
import dev.rustnet.transport.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All connections of a node with how far their handshakes have come, and the callers that have not been accepted yet. */
final class Talks {
    // State
    private final Map<Connection, Talk> talks = new LinkedHashMap<>();
    /** By host, those of each and the hosts themselves from the oldest on. */
    private final Map<String, Set<Talk>> callers = new LinkedHashMap<>();

    private int unknown;

    /** A connection that this process dials. */
    void dialled(Connection connection, Peer peer, long nowNanos) {
        talks.put(connection, new Talk(connection, peer, Stage.DIALLING, nowNanos));
    }

    /** A connection from somebody. */
    void accepted(Connection connection, long nowNanos) {
        unknown++;
        Talk talk = new Talk(connection, null, Stage.AWAITS_HELLO, nowNanos);
        talks.put(connection, talk);
        callers.computeIfAbsent(host(talk), unused -> new LinkedHashSet<>()).add(talk);
    }

    /**
     * The caller that is to go when there are too many: of those from the host with the most, the oldest. A flood from one
     * host crowds out itself, and whoever calls from the same host still has the time that a whole flood takes.
     */
    Talk crowdedOut() {
        Set<Talk> most = Set.of();
        for (Set<Talk> ofOneHost : callers.values()) {
            if (ofOneHost.size() > most.size()) {
                most = ofOneHost;
            }
        }
        return most.iterator().next();
    }

    private static String host(Talk talk) {
        String address = talk.connection.remoteAddress();
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    /** Callers whose handshake is not done. */
    int unknown() {
        return unknown;
    }

    @Nullable
    Talk find(Connection connection) {
        return talks.get(connection);
    }

    /** A copy of all, so that they may end meanwhile. */
    List<Talk> all() {
        return new ArrayList<>(talks.values());
    }

    /** A copy of those with that peer. */
    List<Talk> with(Peer peer) {
        List<Talk> found = new ArrayList<>();
        for (Talk talk : talks.values()) {
            if (talk.peer == peer) {
                found.add(talk);
            }
        }
        return found;
    }

    /** The handshake of that talk is done. */
    void establish(Talk talk) {
        leave(talk, Stage.ESTABLISHED);
    }

    /** The connection is nobody's business any more; whoever calls closes it. */
    void forget(Talk talk) {
        leave(talk, Stage.ENDED);
        talks.remove(talk.connection);
    }

    private void leave(Talk talk, Stage next) {
        boolean counted = !talk.connection.outbound() && !talk.established() && talk.stage != Stage.ENDED;
        if (counted) {
            unknown--;
            String host = host(talk);
            Set<Talk> ofOneHost = callers.getOrDefault(host, Set.of());
            ofOneHost.remove(talk);
            if (ofOneHost.isEmpty()) {
                callers.remove(host);
            }
        }
        talk.stage = next;
    }
}
