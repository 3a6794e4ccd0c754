package dev.rustnet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.junit.WithoutShrinking;
import dev.rustnet.testkit.standin.StandIns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contracts tell good components from bad ones without seeing either's code. */
@ExtendWith(WithoutShrinking.class)
class ContractsTest {
    private static NetComponent standIn(Class<?> service) {
        return StandIns.all().stream()
                .filter(component -> component
                        .descriptor(com.typesafe.config.ConfigFactory.empty())
                        .provides()
                        .contains(service))
                .findFirst()
                .orElseThrow();
    }

    // Broadcasts

    private static BroadcastContract broadcast(
            Class<? extends Broadcast> service,
            PropertySet guarantee,
            java.util.function.Supplier<NetComponent> maker) {
        return new BroadcastContract() {
            @Override
            protected NetComponent component() {
                return maker.get();
            }

            @Override
            protected Class<? extends Broadcast> service() {
                return service;
            }

            @Override
            protected PropertySet guarantee() {
                return guarantee;
            }

            @Override
            protected int seeds() {
                return 6;
            }
        };
    }

    private static void all(BroadcastContract contract) {
        contract.itsPropertiesHoldWhereNothingGoesWrong();
        contract.itsPropertiesHoldOverSlowLinksPartitionsPausesAndBrokenConnections();
        contract.itsPropertiesHoldWhereProcessesStartLate();
        contract.itsPropertiesHoldWhereProcessesCrashAmidTheirBroadcasts();
        contract.itsPropertiesHoldWhereASourceReachesOneProcessAloneAndCrashes();
        contract.itsPropertiesHoldWhereASourceReachesNobodyAndCrashes();
    }

    @Test
    void threeBroadcastsByTheBookPassTheirContracts() {
        all(broadcast(
                BestEffortBroadcast.class,
                PropertySet.BEST_EFFORT_BROADCAST,
                () -> standIn(BestEffortBroadcast.class)));
        all(broadcast(ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, () -> standIn(ReliableBroadcast.class)));
        all(broadcast(
                UniformReliableBroadcast.class,
                PropertySet.UNIFORM_RELIABLE_BROADCAST,
                () -> standIn(UniformReliableBroadcast.class)));
    }

    @Test
    void aBroadcastWithoutRelayIsNoReliableOne() {
        BroadcastContract contract =
                broadcast(ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, () -> new Claims(false));

        contract.itsPropertiesHoldWhereNothingGoesWrong();
        assertThatThrownBy(contract::itsPropertiesHoldWhereASourceReachesOneProcessAloneAndCrashes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB4 agreement")
                .hasMessageContaining("seed=");
    }

    @Test
    void aBroadcastThatLeavesOutItsLastMemberIsNone() {
        BroadcastContract contract =
                broadcast(ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, () -> new Claims(true));

        assertThatThrownBy(contract::itsPropertiesHoldWhereNothingGoesWrong)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB4 agreement");
    }

    @Test
    void aReliableBroadcastThatDeliversAtOnceIsNotUniform() {
        BroadcastContract contract = broadcast(
                ReliableBroadcast.class,
                PropertySet.UNIFORM_RELIABLE_BROADCAST,
                () -> standIn(ReliableBroadcast.class));

        assertThatThrownBy(contract::itsPropertiesHoldWhereASourceReachesNobodyAndCrashes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("URB4 uniform agreement");
    }

    /** Basic broadcast that claims to be reliable, and may leave out a member. */
    private static final class Claims implements NetComponent, BroadcastProtocol {
        private final boolean leavesOut;
        private BroadcastLog log;

        Claims(boolean leavesOut) {
            this.leavesOut = leavesOut;
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("claims")
                    .provides(ReliableBroadcast.class)
                    .requires(GroupMembership.class)
                    .build();
        }

        @Override
        public void start(ComponentContext context) {
            log = context.broadcastLog(BroadcastLog.Retention.BY_SOURCE, BroadcastLog.Acknowledgement.TO_SOURCE, this);
            context.provide(ReliableBroadcast.class, log::channel);
        }

        @Override
        public void viewInstalled(View view) {
            for (int to = 0; to < view.size() - (leavesOut ? 1 : 0); to++) {
                log.send(log.self(), to);
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

    // Detectors

    private static FailureDetectorContract detector(java.util.function.Supplier<NetComponent> maker) {
        return new FailureDetectorContract() {
            @Override
            protected NetComponent component() {
                return maker.get();
            }

            @Override
            protected boolean perfect() {
                return false;
            }

            @Override
            protected int seeds() {
                return 10;
            }
        };
    }

    @Test
    void aDetectorByHeartbeatsPassesItsContract() {
        FailureDetectorContract contract = detector(() -> standIn(FailureDetector.class));

        contract.nobodyIsSuspectedForGoodWhereNothingGoesWrong();
        contract.whoStartsLateIsNotTakenForCrashed();
        contract.everyCorrectProcessDetectsEveryCrash();
        contract.brokenConnectionsAreNoCrash();
        contract.wrongSuspicionsEndOncePartitionsAndPausesDo();
    }

    @Test
    void aDetectorThatSuspectsNobodyIsNone() {
        assertThatThrownBy(() -> detector(TrustsAll::new).everyCorrectProcessDetectsEveryCrash())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EPFD1 strong completeness");
    }

    private static final class TrustsAll implements NetComponent, FailureDetector {
        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("trusts-all")
                    .provides(FailureDetector.class)
                    .build();
        }

        @Override
        public void start(ComponentContext context) {
            context.provide(FailureDetector.class, this);
        }

        @Override
        public boolean suspects(ProcessId process) {
            return false;
        }

        @Override
        public Subscription listen(SuspicionListener listener) {
            return () -> {};
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(2);
        }
    }

    // Any component

    /** What a component does when it starts. */
    private interface Start {
        void start(NetComponent self, ComponentContext context);
    }

    private record Scripted(Start script) implements NetComponent {
        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("scripted")
                    .requires(BestEffortBroadcast.class)
                    .build();
        }

        @Override
        public void start(ComponentContext context) {
            script.start(this, context);
        }
    }

    private static ComponentContract component(Start script) {
        return new ComponentContract() {
            @Override
            protected NetComponent component() {
                return new Scripted(script);
            }

            @Override
            protected int seeds() {
                return 3;
            }
        };
    }

    @Test
    void aComponentThatKeepsToItsContextPasses() {
        ComponentContract contract = component((self, context) -> {
            var channel = context.require(BestEffortBroadcast.class).channel("numbers");
            channel.onDeliver(delivery -> {});
            context.links().onReceive((from, message) -> {});
            context.timers()
                    .every(
                            Duration.ofMillis(300),
                            () -> channel.tryBroadcast(new byte[context.random().nextInt(20)]));
        });

        contract.startsAndStopsTwiceWithoutALeak();
        contract.theSameSeedGivesTheSameRun();
        contract.survivesAPeerThatSpeaksGarbage();
    }

    @Test
    void oneThatBelievesWhatArrivesOnItsLinksIsBroughtDown() {
        ComponentContract contract =
                component((self, context) -> context.links().onReceive((from, message) -> message.getLong(100)));

        assertThatThrownBy(contract::survivesAPeerThatSpeaksGarbage)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("brought down by a peer that speaks garbage");
    }

    @Test
    void oneThatThrowsDicesOfItsOwnDoesNotRunTheSameTwice() {
        ComponentContract contract = component((self, context) -> {
            var channel = context.require(BestEffortBroadcast.class).channel("numbers");
            context.timers()
                    .every(
                            Duration.ofMillis(300),
                            () -> channel.tryBroadcast(
                                    new byte
                                            [java.util.concurrent.ThreadLocalRandom.current()
                                                    .nextInt(500)]));
        });

        assertThatThrownBy(contract::theSameSeedGivesTheSameRun)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("two runs differ");
    }

    private static final List<Object> REGISTRY = new ArrayList<>();

    @Test
    void oneThatEntersItselfInAStaticRegistryLeaks() {
        assertThatThrownBy(component((self, context) -> REGISTRY.add(self))::startsAndStopsTwiceWithoutALeak)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("6 of 6 instances are still reachable");
        REGISTRY.clear();
    }

    @Test
    void oneThatStartsAThreadLeaks() {
        List<Thread> started = new ArrayList<>();
        try {
            assertThatThrownBy(component((self, context) -> {
                        Thread thread = new Thread(java.util.concurrent.locks.LockSupport::park, "left over");
                        thread.setDaemon(true);
                        thread.start();
                        started.add(thread);
                    })::startsAndStopsTwiceWithoutALeak)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("left over");
        } finally {
            started.forEach(java.util.concurrent.locks.LockSupport::unpark);
        }
    }

    @Test
    void oneWithAClockOfItsOwnIsNamed() {
        ComponentContract contract = new ComponentContract() {
            @Override
            protected NetComponent component() {
                return new dev.rustnet.testkit.contract.planted.ReadsTheClock();
            }
        };

        assertThatThrownBy(contract::takesTimeThreadsAndRandomnessFromItsContextAlone)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("currentTimeMillis");
    }
}
