package dev.rustnet.core.log;

import java.util.Optional;

/** Notices when broadcasts wait because some member does not consume, and says in one sentence who it is. */
final class WindowWatch {
    // Injected
    private final RetainedBroadcastLog log;
    private final SendWindow window;

    // State
    private long consumedAtLastLook;

    WindowWatch(RetainedBroadcastLog log, SendWindow window) {
        this.log = log;
        this.window = window;
    }

    /** The sentence, when broadcasts were refused and nothing has moved since the last call. */
    Optional<String> look() {
        long consumed = window.consumed();
        boolean stuck = window.takeRefused() && consumed == consumedAtLastLook;
        consumedAtLastLook = consumed;
        return stuck ? Optional.of(sentence(consumed)) : Optional.empty();
    }

    private String sentence(long consumed) {
        StringBuilder holders = new StringBuilder();
        AckMatrix matrix = log.matrix();
        for (int rank = 0; rank < matrix.size(); rank++) {
            if (!matrix.removed(rank) && matrix.consumed(rank, log.self()) == consumed) {
                holders.append(holders.length() == 0 ? "" : ", ").append(log.processOf(rank));
                if (!log.processOf(rank).known()) {
                    holders.append(" (not joined yet)");
                }
            }
        }
        return log.component() + ": broadcasts wait, because the window is full: of this process's messages after "
                + consumed + " none has been consumed by " + holders;
    }
}
