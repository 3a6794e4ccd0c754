package dev.rustnet.core.incarnation;

import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.group.ProcessId;
import java.util.List;

/**
 * An incarnation that has ended unasked.
 *
 * @param process which
 * @param reason the report
 * @param unknown what became of its own broadcasts, where that is not known
 */
public record EndedIncarnation(ProcessId process, String reason, List<UnknownOutcome> unknown) {}
