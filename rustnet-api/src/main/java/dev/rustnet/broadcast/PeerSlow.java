package dev.rustnet.broadcast;

import dev.rustnet.bus.Topic;
import dev.rustnet.group.ProcessId;

/**
 * A notice that broadcasts of this process wait because of one member, or wait for it no more. While broadcasts are
 * refused or wait, and no member has consumed anything for some seconds, there is one notice for each member that holds
 * them up; and one more for each of these as soon as it consumes again or counts no more.
 *
 * @param service the component whose broadcast service it is
 * @param member who does not consume; the own process when its handlers are what is slow
 * @param since the number of this process's first message that the member has not consumed
 * @param waiting true when broadcasts wait for the member, false when it goes on
 */
public record PeerSlow(String service, ProcessId member, long since, boolean waiting) {
    /** Where these notices are published. */
    public static final Topic<PeerSlow> TOPIC = Topic.of("broadcast.peer-slow", PeerSlow.class);
}
