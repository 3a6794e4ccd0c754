package dev.rustnet.node;

import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.group.ProcessId;
import java.util.List;

/**
 * An incarnation of the own process has ended unasked.
 *
 * @param process which
 * @param reason why, as it stands in the log
 * @param unknown for each broadcast service the own broadcasts of which it is not known whether the others deliver them; nothing for a
 *     service where that is known of all. The next incarnation does not repeat them: whether to broadcast them anew is for the
 *     application to decide, which may have them delivered twice
 */
public record IncarnationEnded(ProcessId process, String reason, List<UnknownOutcome> unknown) {
    public IncarnationEnded {
        unknown = List.copyOf(unknown);
    }
}
