package dev.rustnet.plugins.groupmembership;

import com.typesafe.config.Config;
import dev.rustnet.bus.Subscription;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.component.Store;
import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateReader;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Group membership with one mistake each, which the scenarios must find. */
final class WeakMemberships {
    private WeakMemberships() {}

    private static ViewAgreement.Handover honest(ProcessId self, ViewAgreement.Handover real) {
        return real;
    }

    /** The real one, but for how many must agree, and what the broadcasts are told. */
    private static final class Weak implements NetComponent {
        private final ViewAgreement.Quorums quorums;
        private final UnaryOperator<ViewParticipant> mistake;
        private final BiFunction<ProcessId, ViewAgreement.Handover, ViewAgreement.Handover> handover;
        private final BiFunction<ComponentContext, StateTransfer, StateTransfer> transferMistake;

        Weak(ViewAgreement.Quorums quorums, UnaryOperator<ViewParticipant> mistake) {
            this(quorums, mistake, WeakMemberships::honest, (context, transfer) -> transfer);
        }

        Weak(
                ViewAgreement.Quorums quorums,
                UnaryOperator<ViewParticipant> mistake,
                BiFunction<ProcessId, ViewAgreement.Handover, ViewAgreement.Handover> handover,
                BiFunction<ComponentContext, StateTransfer, StateTransfer> transferMistake) {
            this.quorums = quorums;
            this.mistake = mistake;
            this.handover = handover;
            this.transferMistake = transferMistake;
        }

        @Override
        public Settings settings() {
            return new GroupMembershipComponent().settings();
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return new GroupMembershipComponent().descriptor(own);
        }

        @Override
        public void start(ComponentContext context) {
            ViewSynchronousMembership real =
                    GroupMembershipComponent.wire(context, quorums, honest -> handover.apply(context.self(), honest));
            context.provide(GroupMembership.class, new GroupMembership() {
                @Override
                public View view() {
                    return real.view();
                }

                @Override
                public ProcessId process(int rank) {
                    return real.process(rank);
                }

                @Override
                public boolean removed(int rank) {
                    return real.removed(rank);
                }

                @Override
                public Subscription listen(MembershipListener listener) {
                    return real.listen(listener);
                }

                @Override
                public Subscription participate(ViewParticipant participant) {
                    return real.participate(mistake.apply(participant));
                }

                @Override
                public Subscription transfer(String name, StateTransfer transfer) {
                    return real.transfer(name, transferMistake.apply(context, transfer));
                }

                @Override
                public void leave(Runnable gone) {
                    real.leave(gone);
                }

                @Override
                public Admission admit(ProcessId newcomer, String address) {
                    return real.admit(newcomer, address);
                }
            });
        }
    }

    /** What a broadcast is told, unchanged. */
    private static class Honest implements ViewParticipant {
        final ViewParticipant real;

        Honest(ViewParticipant real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public void stop() {
            real.stop();
        }

        @Override
        public long[] held() {
            return real.held();
        }

        @Override
        public void expect(long[] cut) {
            real.expect(cut);
        }

        @Override
        public void expectNothing() {
            real.expectNothing();
        }

        @Override
        public boolean holds(long[] cut) {
            return real.holds(cut);
        }

        @Override
        public void supply(ProcessId process, View ending, long[] held, long[] cut) {
            real.supply(process, ending, held, cut);
        }

        @Override
        public boolean cut(long[] cut) {
            return real.cut(cut);
        }

        @Override
        public void install(View view, long[] base) {
            real.install(view, base);
        }

        @Override
        public void settled() {
            real.settled();
        }
    }

    /** Remembers with that mistake. */
    private static final class WeakMemory implements NetComponent {
        private final UnaryOperator<Store> mistake;

        WeakMemory(UnaryOperator<Store> mistake) {
            this.mistake = mistake;
        }

        @Override
        public Settings settings() {
            return new GroupMembershipComponent().settings();
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return new GroupMembershipComponent().descriptor(own);
        }

        @Override
        public void start(ComponentContext context) {
            context.provide(
                    GroupMembership.class,
                    GroupMembershipComponent.wire(
                            context,
                            ViewAgreement.Quorums.MAJORITIES,
                            UnaryOperator.identity(),
                            mistake.apply(context.store("views"))));
        }
    }

    /** Says before it writes: what it has said last is not on disk before it has something else to write. */
    static NetComponent saysBeforeItWrites() {
        return new WeakMemory(disk -> new Store() {
            private byte @Nullable [] unwritten;

            @Override
            public Optional<byte[]> read() {
                return disk.read();
            }

            @Override
            public void replace(byte[] record) {
                byte[] before = unwritten;
                if (before != null) {
                    disk.replace(before);
                }
                unwritten = record;
            }
        });
    }

    /** Remembers nothing after all: a group that was killed begins anew. */
    static NetComponent forgets() {
        return new WeakMemory(disk -> new Store() {
            @Override
            public Optional<byte[]> read() {
                return Optional.empty();
            }

            @Override
            public void replace(byte[] record) {}
        });
    }

    /** Installs without flush: who lacks some of the cut goes on without it. */
    static NetComponent withoutFlush() {
        return new Weak(ViewAgreement.Quorums.MAJORITIES, participant -> new Honest(participant) {
            @Override
            public boolean holds(long[] cut) {
                return true;
            }

            @Override
            public void supply(ProcessId process, View ending, long[] held, long[] cut) {}

            @Override
            public boolean cut(long[] cut) {
                long[] least = real.held();
                for (int source = 0; source < cut.length; source++) {
                    least[source] = Math.min(least[source], cut[source]);
                }
                return real.cut(least);
            }
        });
    }

    /** Agrees on the members without the cut: everybody ends the view where it happens to be. */
    static NetComponent withoutCut() {
        return new Weak(ViewAgreement.Quorums.MAJORITIES, participant -> new Honest(participant) {
            @Override
            public boolean holds(long[] cut) {
                return true;
            }

            @Override
            public boolean cut(long[] cut) {
                return real.cut(real.held());
            }
        });
    }

    /** Accepts, acknowledges and delivers after its report as before it. */
    static NetComponent goesOnAfterTheReport() {
        return new Weak(ViewAgreement.Quorums.MAJORITIES, participant -> new Honest(participant) {
            private long[] reported = new long[0];
            private boolean hasReported;

            @Override
            public void stop() {
                reported = real.held();
                hasReported = true;
            }

            @Override
            public long[] held() {
                return hasReported ? reported.clone() : real.held();
            }

            @Override
            public boolean holds(long[] cut) {
                return real.holds(cut);
            }

            @Override
            public boolean cut(long[] cut) {
                real.stop();
                return real.cut(cut);
            }

            @Override
            public void install(View view, long[] base) {
                hasReported = false;
                real.install(view, base);
            }
        });
    }

    /** Writes the state when the view stops, and not at its cut. */
    static NetComponent writesTheStateAtTheStop() {
        List<StateTransfer> registered = new ArrayList<>();
        List<List<byte[]>> atTheStop = new ArrayList<>();
        return new Weak(
                ViewAgreement.Quorums.MAJORITIES,
                participant -> new Honest(participant) {
                    @Override
                    public void stop() {
                        real.stop();
                        atTheStop.clear();
                        registered.forEach(transfer -> {
                            List<byte[]> chunks = new ArrayList<>();
                            transfer.writeState().forEachRemaining(chunks::add);
                            atTheStop.add(chunks);
                        });
                    }
                },
                WeakMemberships::honest,
                (context, transfer) -> {
                    registered.add(transfer);
                    return new StateTransfer() {
                        @Override
                        public Iterator<byte[]> writeState() {
                            return atTheStop.get(registered.indexOf(transfer)).iterator();
                        }

                        @Override
                        public StateReader readState() {
                            return transfer.readState();
                        }
                    };
                });
    }

    /** A joiner takes the state, and is in the view a while before it has it. */
    static NetComponent joinsBeforeTheStateIsThere() {
        return new Weak(
                ViewAgreement.Quorums.MAJORITIES,
                UnaryOperator.identity(),
                WeakMemberships::honest,
                (context, transfer) -> new StateTransfer() {
                    @Override
                    public Iterator<byte[]> writeState() {
                        return transfer.writeState();
                    }

                    @Override
                    public StateReader readState() {
                        StateReader real = transfer.readState();
                        return new StateReader() {
                            @Override
                            public void read(byte[] chunk) {
                                real.read(chunk);
                            }

                            @Override
                            public void complete() {
                                context.timers().after(Duration.ofMillis(100), real::complete);
                            }
                        };
                    }
                });
    }

    /** Members go on at once, and write the state as it is by then. */
    static NetComponent goesOnWhileTheStateIsSent() {
        return new Weak(
                ViewAgreement.Quorums.MAJORITIES,
                UnaryOperator.identity(),
                // The offers are made, and what is asked for is sent; but a member of the view that ends waits for
                // nobody.
                (self, real) -> next -> real.mayInstall(next) || next.before().contains(self),
                (context, transfer) -> transfer);
    }

    /** Excludes on one member's word. */
    static NetComponent excludesOnOneWord() {
        return new Weak(
                new ViewAgreement.Quorums() {
                    @Override
                    public int toExclude(View view) {
                        return 1;
                    }
                },
                UnaryOperator.identity());
    }

    /** Half of a view is enough: both sides of a split go on. */
    static NetComponent agreesByHalf() {
        return new Weak(
                new ViewAgreement.Quorums() {
                    @Override
                    public int toAgree(View view, Group group) {
                        return view.number() == 0 ? group.majority() : (view.size() + 1) / 2;
                    }

                    @Override
                    public int toExclude(View view) {
                        return (view.size() + 1) / 2;
                    }
                },
                UnaryOperator.identity());
    }

    /** Whoever is cut off goes on alone. */
    static NetComponent goesOnAlone() {
        return new Weak(
                new ViewAgreement.Quorums() {
                    @Override
                    public int toAgree(View view, Group group) {
                        return view.number() == 0 ? group.majority() : 1;
                    }

                    @Override
                    public int toExclude(View view) {
                        return 1;
                    }
                },
                UnaryOperator.identity());
    }

    /** Takes the majority of the configured list, whoever is in the view. */
    static NetComponent majorityOfTheList() {
        return new Weak(
                new ViewAgreement.Quorums() {
                    @Override
                    public int toAgree(View view, Group group) {
                        return group.majority();
                    }
                },
                UnaryOperator.identity());
    }
}
