package dev.rustnet.plugins.besteffortbroadcast;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.View;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whole nodes, each scenario over many seeds, and with a weaker protocol that must fail it. */
class BestEffortBroadcastSimulationTest {
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(200);

    private static SimulationBuilder mesh(long seed, Supplier<NetComponent> protocol, PropertySet check) {
        return Simulation.of(4)
                .seed(seed)
                .components(
                        () -> List.of(new FailureDetectorComponent(), new StaticMembershipComponent(), protocol.get()))
                .load(BroadcastLoad.of(BestEffortBroadcast.class, 30))
                .check(check);
    }

    private static Simulation quiet(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(Duration.ofSeconds(12), Duration.ofMinutes(10));
        return run;
    }

    private static SimulationBuilder faulty(long seed, Supplier<NetComponent> protocol) {
        return mesh(seed, protocol, PropertySet.BEST_EFFORT_BROADCAST)
                .network(NetworkOptions.rough())
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(8), 2));
    }

    @Test
    void crashesAmidPartitionsPausesAndResets() {
        SEEDS.mustHold(seed -> quiet(faulty(seed, BestEffortBroadcastComponent::new)));
        assertThat(SEEDS.mustFail(seed -> quiet(faulty(seed, LeavesOutTheLast::new)))
                        .property())
                .isEqualTo(Property.BEB1);
    }

    private static SimulationBuilder startingLate(long seed, Supplier<NetComponent> protocol) {
        return mesh(seed, protocol, PropertySet.BEST_EFFORT_BROADCAST)
                .startSpread(Duration.ofSeconds(30))
                .faults(new FaultPlan().at(30, SECONDS).heal());
    }

    @Test
    void whatIsBroadcastBeforeThePeersAreThereIsNotLost() {
        SEEDS.mustHold(seed -> quiet(startingLate(seed, BestEffortBroadcastComponent::new)));
    }

    @Test
    void aBroadcastThatForgetsWhoIsLateLosesIt() {
        assertThat(SEEDS.mustFail(seed -> quiet(startingLate(seed, ForgetsWhoIsLate::new)))
                        .property())
                .isEqualTo(Property.BEB1);
    }

    @Test
    void thereIsNoAgreementWhenTheSourceReachesExactlyOneProcessAndDies() {
        PropertySet agreement = PropertySet.of("agreement", Property.RB4);

        SEEDS.mustFail(seed -> quiet(mesh(seed, BestEffortBroadcastComponent::new, agreement)
                .faults(new FaultPlan()
                        .at(700, MILLISECONDS)
                        .partition("p1", "p3,p4")
                        .at(1500, MILLISECONDS)
                        .crash("p1")
                        .at(1600, MILLISECONDS)
                        .heal())));
    }

    /** A twin that is wrong on purpose: it forgets one process. */
    private static final class LeavesOutTheLast extends Weak {
        @Override
        public void viewInstalled(View view) {
            super.viewInstalled(view);
            log.stopSending(log.self(), view.size() - 1);
        }
    }

    /** A twin that is wrong on purpose: it waits a while for the others to come, and then no more. */
    private static final class ForgetsWhoIsLate extends Weak {
        @Override
        public void start(ComponentContext context) {
            super.start(context);
            GroupMembership membership = context.require(GroupMembership.class);
            context.timers().after(Duration.ofSeconds(10), () -> {
                for (int to = 0; to < membership.view().size(); to++) {
                    if (!membership.process(to).known()) {
                        log.stopSending(log.self(), to);
                    }
                }
            });
        }
    }

    private abstract static class Weak implements NetComponent, BroadcastProtocol {
        private final BestEffortBroadcastComponent original = new BestEffortBroadcastComponent();
        BroadcastLog log;

        @Override
        public Settings settings() {
            return original.settings();
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return original.descriptor(own);
        }

        @Override
        public void start(ComponentContext context) {
            log = context.broadcastLog(BroadcastLog.Retention.BY_SOURCE, BroadcastLog.Acknowledgement.TO_SOURCE, this);
            BestEffortBroadcast service = log::channel;
            context.provide(BestEffortBroadcast.class, service);
        }

        @Override
        public void viewInstalled(View view) {
            for (int process = 0; process < view.size(); process++) {
                log.send(log.self(), process);
            }
        }

        @Override
        public void received(int source, long upTo) {
            log.deliver(source, upTo);
        }

        @Override
        public void acked(int process, int source, long upTo) {}

        @Override
        public void removed(int process) {}
    }
}
