package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The first event in which two runs of one seed differ, and whose it is. */
class DivergenceTest {
    private static int runs;

    /** What a component does when it starts. */
    private interface Start {
        void start(ComponentContext context);
    }

    private record Scripted(String name, Start script) implements NetComponent {
        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named(name).build();
        }

        @Override
        public void start(ComponentContext context) {
            script.start(context);
        }
    }

    /** Says something to p2 each half second. */
    private static NetComponent wellBehaved() {
        return new Scripted("well-behaved", context -> {
            context.links().onReceive((from, message) -> {});
            context.timers().every(Duration.ofMillis(500), () -> say(context, 7));
        });
    }

    private static void say(ComponentContext context, int what) {
        context.links().trySend(ProcessId.named("p2"), ByteBuffer.wrap(new byte[] {(byte) what}));
    }

    private static Optional<Divergence> divergence(Supplier<NetComponent> other) {
        return Divergence.find(
                () -> {
                    runs++;
                    return Simulation.of(2)
                            .seed(3)
                            .components(() -> List.of(wellBehaved(), other.get()))
                            .standIns();
                },
                run -> run.runFor(Duration.ofSeconds(5)));
    }

    @Test
    void runsThatAreTheSameHaveNone() {
        assertThat(divergence(() -> new Scripted("also-well-behaved", context -> context.timers()
                        .every(
                                Duration.ofMillis(700),
                                () -> say(context, context.random().nextInt(100))))))
                .isEmpty();
    }

    @Test
    void aMessageWhoseContentDiffersIsFoundWithItsComponentAndTime() {
        Divergence found = divergence(() -> new Scripted("dice", context -> {
                    int run = runs;
                    context.timers().after(Duration.ofMillis(1_750), () -> say(context, run));
                }))
                .orElseThrow();

        assertThat(found.process()).isEqualTo("p1");
        assertThat(found.components()).containsExactly("dice");
        assertThat(found.once()).contains("sent").contains("p1 -> p2").isNotEqualTo(found.again());
        assertThat(found.before()).hasSize(8).noneMatch(line -> line.equals(found.once()));
        assertThat(found.toString()).contains("of: dice").contains("in the frame differs what is said by");
    }

    @Test
    void aHandlerOfMessagesIsFoundToo() {
        Divergence found = divergence(() -> new Scripted("echo", context -> {
                    int run = runs;
                    context.links()
                            .onReceive((from, message) ->
                                    context.log().log(System.Logger.Level.INFO, "heard in run " + run));
                    context.timers().after(Duration.ofMillis(1_750), () -> say(context, 1));
                }))
                .orElseThrow();

        assertThat(found.process()).isEqualTo("p2");
        assertThat(found.components()).containsExactly("echo");
    }

    @Test
    void aMomentThatDiffersIsFoundWithItsComponent() {
        Divergence found = divergence(() -> new Scripted("clockwork", context -> {
                    int run = runs;
                    context.timers().after(Duration.ofMillis(1_700 + 10 * (run % 2)), () -> say(context, 1));
                }))
                .orElseThrow();

        assertThat(found.process()).isEqualTo("p1");
        assertThat(found.components()).containsExactly("clockwork");
    }

    @Test
    void aLineOfALogThatDiffersIsFound() {
        Divergence found = divergence(() -> new Scripted("talker", context -> {
                    int run = runs;
                    context.timers()
                            .after(
                                    Duration.ofMillis(900),
                                    () -> context.log().log(System.Logger.Level.INFO, "this is run " + run));
                }))
                .orElseThrow();

        assertThat(found.components()).containsExactly("talker");
        assertThat(found.once()).contains("rustnet.talker").contains("this is run");
        assertThat(found.content()).isEmpty();
    }

    @Test
    void aRunThatEndsEarlierIsToldFromTheOther() {
        Divergence found = divergence(() -> new Scripted("once-only", context -> {
                    if (runs % 2 == 0) {
                        context.timers()
                                .after(
                                        Duration.ofMillis(4_990),
                                        () -> context.log().log(System.Logger.Level.INFO, "at the end"));
                    }
                }))
                .orElseThrow();

        assertThat(found.toString()).contains("at the end").contains("once-only");
    }
}
