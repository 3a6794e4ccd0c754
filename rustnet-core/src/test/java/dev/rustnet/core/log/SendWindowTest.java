package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SendWindowTest {
    private static final int ROOM = 1024;

    private long pinned;

    @Test
    void numbersStartAtOneAndFollowOneAnother() {
        SendWindow window = new SendWindow(4, 1000);

        assertThat(claim(window, 10)).isEqualTo(1);
        assertThat(claim(window, 10)).isEqualTo(2);
    }

    @Test
    void isFullWhenTheMessagesAreUsedUpAndOpensAsTheyAreConsumed() {
        SendWindow window = new SendWindow(2, 1000);
        claim(window, 1);
        claim(window, 1);

        assertThat(claim(window, 1)).isZero();
        assertThat(window.consumed(1)).isTrue();
        assertThat(claim(window, 1)).isEqualTo(3);
        assertThat(claim(window, 1)).isZero();
    }

    @Test
    void isFullWhenTheBytesAreUsedUpAndOpensAsTheyAreConsumed() {
        SendWindow window = new SendWindow(100, 100);
        claim(window, 60);

        assertThat(claim(window, 60)).isZero();
        assertThat(claim(window, 40)).isEqualTo(2);
        window.consumed(1);
        assertThat(claim(window, 61)).isZero();
        assertThat(claim(window, 60)).isEqualTo(3);
    }

    @Test
    void aMessageLargerThanTheWindowGoesAlone() {
        SendWindow window = new SendWindow(100, 100);

        assertThat(claim(window, 500)).isEqualTo(1);
        assertThat(claim(window, 1)).isZero();
        window.consumed(1);
        assertThat(claim(window, 1)).isEqualTo(2);
    }

    @Test
    void aMessageCountsWithTheMemoryThatItReallyTakes() {
        SendWindow window = new SendWindow(100, 100);
        claim(window, 10, 80);

        assertThat(claim(window, 21)).isZero();
        assertThat(claim(window, 20)).isEqualTo(2);
        assertThat(window.open()).isFalse();
        window.consumed(1);
        assertThat(claim(window, 81)).isZero();
        assertThat(claim(window, 80)).isEqualTo(3);
    }

    @Test
    void whoWaitsGoesOnWhenTheWindowOpensAndFailsWhenItCloses() {
        SendWindow window = new SendWindow(1, 100);
        claim(window, 1);
        CompletableFuture<Long> waiter = waiter(window);
        CompletableFuture<Long> second = waiter(window);

        window.consumed(1);
        Object first = CompletableFuture.anyOf(waiter, second).join();
        window.close();

        assertThat(first).isEqualTo(2L);
        assertThatThrownBy(() -> CompletableFuture.allOf(waiter, second).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static CompletableFuture<Long> waiter(SendWindow window) {
        return CompletableFuture.supplyAsync(() -> window.await(() -> window.tryClaim(1, 0, ROOM)));
    }

    private long claim(SendWindow window, int length) {
        return claim(window, length, length);
    }

    private long claim(SendWindow window, int length, int taken) {
        long number = window.tryClaim(length, 0, ROOM);
        if (number != 0) {
            pinned += taken;
            window.appended(number, length, pinned);
        }
        return number;
    }
}
