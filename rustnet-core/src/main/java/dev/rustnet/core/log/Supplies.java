package dev.rustnet.core.log;

import dev.rustnet.core.link.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of views that have ended or are ending, for as long as a member may lack some of them. They are of two views
 * at most: a change may begin while a member has yet to be brought to the cut of the one before.
 */
final class Supplies {
    // State: in the order of their views
    private final List<Supply> supplies = new ArrayList<>();

    void add(Supply supply) {
        supplies.add(supply);
    }

    /** What there is of that view for that receiver, from now on; whether there is anything. */
    boolean send(long view, int to, long[] held, long[] cut) {
        for (Supply supply : supplies) {
            if (supply.view() == view && supply.sources() == cut.length) {
                supply.send(to, held, cut);
                return true;
            }
        }
        return false;
    }

    /** Adds what that receiver is to be sent; returns whether more is left. */
    boolean fill(int to, Batch batch) {
        boolean more = false;
        for (int i = 0; i < supplies.size(); i++) {
            more |= supplies.get(i).fill(to, batch);
        }
        return more;
    }

    /** Nobody needs the messages of views before that one any more. */
    void closeBefore(long view) {
        supplies.removeIf(supply -> {
            boolean old = supply.view() < view;
            if (old) {
                supply.close(source -> false);
            }
            return old;
        });
    }
}
