package dev.rustnet.plugins.causalbroadcast;

import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The first process broadcasts a question, and the second one an answer as soon as it has delivered that. */
record TriangleLoad(Duration from) implements Load {
    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        Channel questions = process.node().service(CausalBroadcast.class).channel("questions");
        Channel answers = process.node().service(CausalBroadcast.class).channel("answers");
        questions.onDeliver(question -> {
            process.record(new Event.Deliver(process.numberOf(question.source()), 1));
            if (process.name().equals("p2")) {
                process.record(new Event.Broadcast(1));
                answers.broadcast("answer");
            }
        });
        answers.onDeliver(answer -> process.record(new Event.Deliver(process.numberOf(answer.source()), 1)));
        if (process.name().equals("p1")) {
            process.after(from, () -> {
                process.record(new Event.Broadcast(1));
                questions.broadcast("question");
            });
        }
        return () -> true;
    }
}
