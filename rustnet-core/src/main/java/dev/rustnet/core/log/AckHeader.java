package dev.rustnet.core.log;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.LinkHeader;
import java.nio.ByteBuffer;

/**
 * The view in force, and acknowledgements and credit of one log, as a link header: the cells of the {@link AckMatrix} that the receiver has not
 * been told, the own row first, the rows of others passed on. On the wire: the view, then rows of process, number of
 * cells, and for each cell source, acked, and how far consumed lags behind (all varints).
 */
final class AckHeader implements LinkHeader {
    private static final int PER_ROW = 2 * Varint.MAX_LENGTH;
    private static final int PER_CELL = 4 + 2 * Varint.MAX_LENGTH;
    private static final int MOST = 8 * 1024;

    /** Takes in what a peer says. */
    interface Receiver {
        /** {@code process} holds {@code source}'s messages up to {@code acked} and has consumed them up to {@code consumed}. */
        void told(int from, int process, int source, long acked, long consumed);
    }

    // Injected
    private final String name;
    private final RetainedBroadcastLog log;
    private final Receiver receiver;

    // State: up to which stamp each peer has been told each row (null: nothing), and whether it has been told of the
    // view
    private long[][] toldUpTo = new long[0][];
    private boolean[] toldView = new boolean[0];

    AckHeader(String name, RetainedBroadcastLog log, Receiver receiver) {
        this.name = name;
        this.log = log;
        this.receiver = receiver;
    }

    void install(int size) {
        toldUpTo = new long[size][];
        toldView = new boolean[size];
    }

    /** That member has been told nothing that it could make sense of. */
    void repeatAll(int to) {
        toldUpTo[to] = null;
        toldView[to] = false;
    }

    /** What that member was told of the own row may not have arrived. */
    void repeatOwnRow(int to) {
        if (toldUpTo[to] != null) {
            toldUpTo[to][log.self()] = 0;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int maxLength() {
        return MOST;
    }

    @Override
    public void write(int rank, ByteBuffer out) {
        int to = log.viewRank(rank);
        if (to < 0 || log.silent()) {
            return;
        }
        AckMatrix matrix = log.matrix();
        int start = out.position();
        long stamp = matrix.nextStamp();
        boolean any = !toldView[to];
        if (any) {
            Varint.write(out, log.view().number());
            toldView[to] = true;
        }
        int size = matrix.size();
        for (int i = 0; i < size; i++) {
            int process = (log.self() + i) % size;
            long told = toldUpTo[to] == null ? 0 : toldUpTo[to][process];
            int cells = process == to ? 0 : changed(matrix, process, told);
            if (cells == 0) {
                continue;
            }
            if (MOST - (out.position() - start) < PER_ROW + Varint.MAX_LENGTH + cells * PER_CELL) {
                return; // the rest goes with the next batch
            }
            if (!any) {
                Varint.write(out, log.view().number());
                any = true;
            }
            writeRow(out, matrix, process, cells, told);
            if (toldUpTo[to] == null) {
                toldUpTo[to] = new long[size];
            }
            toldUpTo[to][process] = stamp;
        }
    }

    private static int changed(AckMatrix matrix, int process, long since) {
        if (!matrix.changedAfter(process, since)) {
            return 0;
        }
        int cells = 0;
        for (int i = 0; i < matrix.openSources(); i++) {
            if (matrix.changedAfter(process, matrix.openSource(i), since)) {
                cells++;
            }
        }
        return cells;
    }

    private static void writeRow(ByteBuffer out, AckMatrix matrix, int process, int cells, long since) {
        Varint.write(out, process);
        Varint.write(out, cells);
        for (int i = 0; i < matrix.openSources(); i++) {
            int source = matrix.openSource(i);
            if (matrix.changedAfter(process, source, since)) {
                long acked = matrix.acked(process, source);
                Varint.write(out, source);
                Varint.write(out, acked);
                Varint.write(out, acked - matrix.consumed(process, source));
            }
        }
    }

    @Override
    public void read(int rank, ProcessId from, ByteBuffer in) {
        int peer = log.viewRank(rank);
        long view = Varint.read(in);
        if (peer < 0 || view != log.view().number()) {
            log.countOtherView(view);
            return;
        }
        log.ready(peer);
        int size = log.matrix().size();
        while (in.hasRemaining()) {
            int process = Varint.readInt(in, size - 1);
            for (int cells = Varint.readInt(in, size); cells > 0; cells--) {
                int source = Varint.readInt(in, size - 1);
                long acked = Varint.read(in);
                long behind = Varint.read(in);
                if (behind > acked) {
                    throw new Malformed("an acknowledgement says that more was consumed than received");
                }
                receiver.told(peer, process, source, acked, acked - behind);
            }
        }
    }

    @Override
    public void refresh(int rank) {
        int to = log.viewRank(rank);
        if (to >= 0) {
            repeatAll(to);
        }
    }
}
