package dev.rustnet.bench.work;

import java.util.Map;
import java.util.TreeMap;

/**
 * How much of everything.
 *
 * @param members processes of a group
 * @param messageLength bytes of each message
 * @param warmUpSeconds before anything counts
 * @param seconds that count
 * @param checksum whether each message is verified as a whole
 * @param settings beside the defaults, for rustnet's nodes
 */
public record Scale(
        int members,
        int messageLength,
        int warmUpSeconds,
        int seconds,
        boolean checksum,
        Map<String, String> settings) {
    /** The same with views that change. */
    Scale withViews() {
        Map<String, String> more = new TreeMap<>(settings);
        more.putIfAbsent("rustnet.services.group-membership", "group-membership");
        return new Scale(members, messageLength, warmUpSeconds, seconds, checksum, more);
    }

    /** The same with groups of another size. */
    public Scale withMembers(int count) {
        return new Scale(count, messageLength, warmUpSeconds, seconds, checksum, settings);
    }
}
