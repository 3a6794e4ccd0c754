package dev.rustnet.bench.member;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process of a group under test is told on its command line.
 *
 * @param contender as what it is built
 * @param rank which it is, from 0
 * @param senders how many of the first ranks broadcast
 * @param messageLength bytes of each message
 * @param checksum whether each message carries a checksum that is verified
 * @param timed whether it measures how long messages take
 * @param late whether it joins in mid-stream
 * @param settings what it is told beside its defaults, for contenders that are configured
 * @param ports of all members, by rank
 */
public record Role(
        Contender contender,
        int rank,
        int senders,
        int messageLength,
        boolean checksum,
        boolean timed,
        boolean late,
        Map<String, String> settings,
        List<Integer> ports) {
    public int members() {
        return ports.size();
    }

    int port(int of) {
        return ports.get(of);
    }

    boolean sends() {
        return rank < senders;
    }

    /** As a command line that {@link #parse} understands. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                contender.name(), "" + rank, "" + senders, "" + messageLength, "" + checksum, "" + timed, "" + late));
        settings.forEach((path, value) -> arguments.add(path + "=" + value));
        arguments.add("--");
        ports.forEach(port -> arguments.add("" + port));
        return arguments;
    }

    static Role parse(String[] arguments) {
        int end = Arrays.asList(arguments).indexOf("--");
        Map<String, String> settings = new TreeMap<>();
        for (int i = 7; i < end; i++) {
            String[] pair = arguments[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        return new Role(
                Contender.valueOf(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Boolean.parseBoolean(arguments[4]),
                Boolean.parseBoolean(arguments[5]),
                Boolean.parseBoolean(arguments[6]),
                settings,
                Arrays.stream(arguments, end + 1, arguments.length)
                        .map(Integer::valueOf)
                        .toList());
    }
}
