package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.LinkHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Latest state that a network swallows is said again, also when something later arrives in between. */
class LostStateTest {
    private static final byte BATCH = 1;
    private static final String NEWS = "the news of the first";

    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    /** Has one thing to say, when it is told to. */
    private static final class News implements LinkHeader {
        private boolean published;
        private boolean due;
        private int heard;

        @Override
        public String name() {
            return "news";
        }

        @Override
        public int maxLength() {
            return 100;
        }

        @Override
        public void write(int rank, ByteBuffer out) {
            if (rank == 1 && due) {
                due = false;
                out.put(NEWS.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void read(int rank, ProcessId from, ByteBuffer in) {
            assertThat(StandardCharsets.UTF_8.decode(in).toString()).isEqualTo(NEWS);
            heard++;
        }

        @Override
        public void refresh(int rank) {
            due |= rank == 1 && published;
        }
    }

    @Test
    void whatWasHeardAfterALostBatchDoesNotProveThatItWasHeardToo() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        News news = new News();
        News newsOfOther = new News();
        LinkHeader.Trigger trigger = processes[0].links.annotate(news);
        processes[1].links.annotate(newsOfOther);
        FairLossLinks heartbeats = processes[0].links.fairLoss("heartbeats");
        AtomicInteger arrived = new AtomicInteger();
        processes[1].links.fairLoss("heartbeats").onReceive((from, message) -> arrived.incrementAndGet());
        mesh.run(3_000);

        news.published = true;
        news.due = true;
        trigger.changed(1);
        AtomicInteger swallowed = new AtomicInteger();
        mesh.network.swallow(frame -> {
            boolean hit = frame.get(0) == BATCH
                    && StandardCharsets.ISO_8859_1.decode(frame).toString().contains(NEWS);
            swallowed.addAndGet(hit ? 1 : 0);
            return hit;
        });
        mesh.run(5);
        mesh.network.swallow(frame -> false);
        heartbeats.send(1, ByteBuffer.allocate(1));
        mesh.run(5);
        assertThat(swallowed).hasValue(1);
        assertThat(arrived).hasValue(1);
        assertThat(newsOfOther.heard).isZero();

        mesh.run(10_000);

        assertThat(newsOfOther.heard).isPositive();
    }
}
