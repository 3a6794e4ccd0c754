package com.example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rustnet.testkit.junit.Simulated;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void greetingsAreCounted() {
        Greeter greeter = new Greeter("Hi");

        assertEquals("Hi no. 1", greeter.next());
        assertEquals("Hi no. 2", greeter.next());
    }

    @Simulated(processes = 4, seeds = 50)
    void everybodyHearsEverybodyOverSlowLinks(SimulationBuilder mesh) {
        List<Hello.Greeted> heardByTheFirst = new ArrayList<>();
        Simulation run = mesh.network(NetworkOptions.rough())
                .config("rustnet.components.hello.interval = 500ms")
                .onBuild(process -> {
                    if (process.name().equals("p1")) {
                        process.node().topics().subscribe(Hello.GREETED, heardByTheFirst::add);
                    }
                })
                .build();

        run.runFor(Duration.ofSeconds(10));

        for (String name : List.of("p1", "p2", "p3", "p4")) {
            assertTrue(heardByTheFirst.stream()
                    .anyMatch(greeted -> greeted.by().name().equals(name)
                            && greeted.text().equals("Hello no. 2")
                            && greeted.mood().equals("tired")));
            assertTrue(run.process(name).node().service(Hello.class).greetings() > 40);
        }
    }
}
