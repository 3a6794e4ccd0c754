package dev.rustnet.group;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * State of an application or component that follows from the broadcasts delivered and the views installed, such as a replicated
 * table. A process that joins is given it by a member, exactly as it is when the last message before the process's first view has
 * been delivered.
 *
 * <pre>{@code
 * // A small state, as a whole:
 * membership.transfer("accounts", StateTransfer.ofBytes(accounts::toBytes, accounts::fromBytes));
 *
 * // A large one, entry by entry:
 * membership.transfer("accounts", new StateTransfer() {
 *     public Iterator<byte[]> writeState() {
 *         return accounts.stream().map(Account::toBytes).iterator();
 *     }
 *
 *     public StateReader readState() {
 *         Accounts read = new Accounts();
 *         return new StateReader() {
 *             public void read(byte[] chunk) {
 *                 read.add(Account.fromBytes(chunk));
 *             }
 *
 *             public void complete() {
 *                 accounts = read;
 *             }
 *         };
 *     }
 * });
 * }</pre>
 *
 * <p>All members broadcast nothing from before the cut until the joiner has the state: the pause lasts as long as the transfer.
 * So keep the state small, or transfer what names it, such as the number of a snapshot that the joiner fetches elsewhere.
 *
 * <p>All methods, those of the iterator and of the reader included, are called on the loop and must not block.
 */
public interface StateTransfer {
    /** The longest chunk, in bytes. */
    int MAX_CHUNK = 64 * 1024;

    /**
     * Called at a member once all messages of the view that ends are delivered and their handlers have returned, for each process
     * that is given the state. The chunks are pulled one by one, as fast as the joiner reads them; nothing is delivered meanwhile,
     * so that they may be made of the live state. They may be no longer wanted at any moment, when the joiner or its link dies.
     *
     * <p>What it or the iterator throws is logged; another member is asked then. So is a chunk that is longer than
     * {@link #MAX_CHUNK}, or than fits into a message of {@code rustnet.node.max-message-size}.
     */
    Iterator<byte[]> writeState();

    /**
     * Called at a process that joins, before it is in a view, each time a member begins to send the state. What an earlier reader was given
     * counts for nothing then.
     */
    StateReader readState();

    /**
     * For a state that is small enough to be copied as a whole, at most 16 MiB; a longer one fails at the member that writes it.
     *
     * @param write gives the state as bytes, which are not changed afterwards
     * @param read takes the state from bytes, once, before the first view
     */
    static StateTransfer ofBytes(Supplier<byte[]> write, Consumer<byte[]> read) {
        return new WholeState(write, read);
    }
}
