package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import java.util.List;
import java.util.Map;

/**
 * How a group is started.
 *
 * @param contender who
 * @param members how many
 * @param senders how many of them broadcast
 * @param messageLength bytes of each message
 * @param checksum whether each message is verified as a whole
 * @param timed whether latencies are measured
 * @param jvmOptions of each member
 * @param settings beside the defaults, for rustnet's nodes
 */
record Launch(
        Contender contender,
        int members,
        int senders,
        int messageLength,
        boolean checksum,
        boolean timed,
        List<String> jvmOptions,
        Map<String, String> settings) {}
