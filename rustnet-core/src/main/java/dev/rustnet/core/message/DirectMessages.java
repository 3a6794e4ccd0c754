package dev.rustnet.core.message;

import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import java.util.function.BiConsumer;

/** The application's own point-to-point messages: bytes, over perfect links of its own. */
public final class DirectMessages {
    // Injected
    private final EventLoop loop;
    private final PerfectLinks links;
    private final LinkSender sender;
    private final HandlerFailures failures;

    // State
    private boolean hasReceiver;

    DirectMessages(EventLoop loop, PerfectLinks links, LinkSender sender, HandlerFailures failures) {
        this.loop = loop;
        this.links = links;
        this.sender = sender;
        this.failures = failures;
    }

    /**
     * Calls {@code receiver} on the loop for each message; the array is its own.
     *
     * @throws IllegalStateException when there is one already
     */
    public void onReceive(BiConsumer<ProcessId, byte[]> receiver) {
        if (hasReceiver) {
            throw new IllegalStateException("a node has one receiver, and it is set already");
        }
        hasReceiver = true;
        links.onReceive((from, message) -> {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            try {
                receiver.accept(from, copy);
            } catch (RuntimeException | Error e) {
                failures.handlerThrew("receiver", from, e);
            }
        });
    }

    /** See {@code Node.send}. */
    public void send(ProcessId to, byte[] message) {
        sender.check(to, message);
        if (sender.stopped()) {
            throw new IllegalStateException("the node has stopped");
        }
        if (loop.inLoop()) {
            sender.sendNow(to, message);
        } else {
            sender.sendLater(new Parcel(to, message.clone()));
        }
    }
}
