package dev.rustnet.launcher.scenario;

import dev.rustnet.group.ProcessId;
import dev.rustnet.link.Request;
import dev.rustnet.link.RequestFailedException;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Each process asks others, one after the other, for the square of a number; and what became of it, over all of them. */
final class RequestLoad implements Load {
    record SquareOf(long number) implements Request<Square> {}

    record Square(long number) {}

    /** How a process asks. */
    interface Asking {
        CompletionStage<Square> ask(ProcessId to, SquareOf request, Duration timeout);

        void onRequest(Function<SquareOf, Square> responder);
    }

    private static final Duration FROM = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    // Injected
    private final int requests;
    private final Duration timeout;
    private final Function<SimulatedProcess, Asking> asking;

    // State
    private final List<Asked> asked = new ArrayList<>();
    private final Map<Long, Integer> handled = new TreeMap<>();
    private final Map<RequestFailedException.Reason, Integer> failures =
            new EnumMap<>(RequestFailedException.Reason.class);
    private final List<String> wrong = new ArrayList<>();
    private int replied;

    private static final class Asked {
        private final String what;
        private final BooleanSupplier alive;
        private boolean ended;

        Asked(String what, BooleanSupplier alive) {
            this.what = what;
            this.alive = alive;
        }
    }

    RequestLoad(int requests, Duration timeout, Function<SimulatedProcess, Asking> asking) {
        this.requests = requests;
        this.timeout = timeout;
        this.asking = asking;
    }

    /** Over the node's typed links. */
    static Asking typedLinks(SimulatedProcess process) {
        return new Asking() {
            @Override
            public CompletionStage<Square> ask(ProcessId to, SquareOf request, Duration timeout) {
                return process.node().typedLinks().request(to, request, timeout);
            }

            @Override
            public void onRequest(Function<SquareOf, Square> responder) {
                process.node().typedLinks().onRequest(SquareOf.class, (from, request) -> responder.apply(request));
            }
        };
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        Asker asker = new Asker(process, asking.apply(process));
        process.after(FROM, asker::round);
        return asker::done;
    }

    private final class Asker {
        private final SimulatedProcess process;
        private final Asking links;
        private final SplittableRandom random;
        private final int incarnation;
        private int made;

        Asker(SimulatedProcess process, Asking links) {
            this.process = process;
            this.links = links;
            random = process.random("requests");
            incarnation = process.number();
            links.onRequest(request -> {
                handled.merge(request.number(), 1, Integer::sum);
                return new Square(request.number() * request.number());
            });
        }

        boolean done() {
            return made >= requests;
        }

        void round() {
            List<String> others = new ArrayList<>(process.node().group().members().stream()
                    .map(member -> member.name())
                    .toList());
            others.remove(process.name());
            String to = others.get(random.nextInt(others.size()));
            long number = incarnation * 100_000L + ++made;
            Asked each = new Asked(
                    process.name() + " asks " + to + " for " + number,
                    () -> process.number() == incarnation && process.state() == SimulatedProcess.State.RUNNING);
            asked.add(each);
            links.ask(ProcessId.named(to), new SquareOf(number), timeout)
                    .whenComplete((square, error) -> ended(each, number, square, error));
            if (!done()) {
                process.after(INTERVAL, this::round);
            }
        }
    }

    private void ended(Asked each, long number, Square square, Throwable error) {
        each.ended = true;
        if (error instanceof RequestFailedException failed) {
            failures.merge(failed.reason(), 1, Integer::sum);
        } else if (error != null) {
            wrong.add(each.what + " and fails with " + error);
        } else {
            replied++;
            if (square.number() != number * number) {
                wrong.add(each.what + " and gets " + square);
            }
            if (!handled.containsKey(number)) {
                wrong.add(each.what + " and gets a reply that nobody gave");
            }
        }
    }

    /** What is not as it must be once the run has come to rest: each line a violation. */
    List<String> violations() {
        List<String> all = new ArrayList<>(wrong);
        handled.forEach((number, times) -> {
            if (times > 1) {
                all.add("the request for " + number + " was handled " + times + " times");
            }
        });
        asked.stream()
                .filter(each -> each.alive.getAsBoolean() && !each.ended)
                .forEach(each -> all.add(each.what + " and waits for ever"));
        return all;
    }

    int replied() {
        return replied;
    }

    Map<RequestFailedException.Reason, Integer> failures() {
        return failures;
    }
}
