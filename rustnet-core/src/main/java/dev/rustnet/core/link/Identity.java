package dev.rustnet.core.link;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a process says of itself in the handshake.
 *
 * @param self the own process with its incarnation
 * @param cluster the name of the cluster; processes of another are refused
 * @param advertise the address under which others reach it, {@code host:port}
 * @param group the configured members; another list is refused, naming the difference
 * @param agreed settings that touch guarantees, by full path; another value is refused, naming both
 * @param components names of the components; a difference is reported only
 * @param headers names of broadcast and link headers; a difference is reported only
 */
public record Identity(
        ProcessId self,
        String cluster,
        String advertise,
        Group group,
        SortedMap<String, String> agreed,
        SortedSet<String> components,
        SortedSet<String> headers) {}
