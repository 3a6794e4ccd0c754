package dev.rustnet.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs in the simulator, once for each seed from 1 on, until one fails. Its parameter is a {@code
 * SimulationBuilder} with so many processes, {@code p1} to {@code pN}, that seed, the components on the class path, and {@linkplain
 * dev.rustnet.testkit.standin.StandIns stand-ins} for what these need and nobody provides.
 *
 * <pre>{@code
 * @Simulated(processes = 4, seeds = 200)
 * void everybodyIsGreeted(SimulationBuilder mesh) {
 *     Simulation run = mesh.build();
 *     run.runFor(Duration.ofSeconds(5));
 *     assertTrue(...);
 * }
 * }</pre>
 *
 * <p>A failure names the seed, and tells of the run that was built last. {@code -Drustnet.seed=17} runs seed 17 alone, {@code
 * -Drustnet.endurance=true} five times as many.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SimulatedSeeds.class)
public @interface Simulated {
    /** How many processes. */
    int processes() default 4;

    /** How many seeds. */
    int seeds() default 20;
}
