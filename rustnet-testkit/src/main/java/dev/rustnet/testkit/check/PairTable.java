package dev.rustnet.testkit.check;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value for each ordered pair of processes, made when it is first asked for. */
final class PairTable<T> {
    // Injected
    private final Supplier<T> fresh;

    // State
    private @Nullable Object[][] rows = new Object[8][];

    PairTable(Supplier<T> fresh) {
        this.fresh = fresh;
    }

    T at(int row, int column) {
        T present = peek(row, column);
        if (present != null) {
            return present;
        }
        if (row >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(row + 1, 2 * rows.length));
        }
        @Nullable Object[] cells = rows[row];
        if (cells == null) {
            cells = new Object[Math.max(8, column + 1)];
        } else if (column >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(column + 1, 2 * cells.length));
        }
        rows[row] = cells;
        T made = fresh.get();
        cells[column] = made;
        return made;
    }

    /** The value, or null when nobody asked for it before. */
    @SuppressWarnings("unchecked") // Only at() stores, and what it stores is a T.
    @Nullable
    T peek(int row, int column) {
        @Nullable Object[] cells = row < rows.length ? rows[row] : null;
        return cells == null || column >= cells.length ? null : (T) cells[column];
    }

    /** The columns of a row are 0 to this, exclusive. */
    int columns(int row) {
        @Nullable Object[] cells = row < rows.length ? rows[row] : null;
        return cells == null ? 0 : cells.length;
    }
}
