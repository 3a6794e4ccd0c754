package dev.rustnet.component;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Something that must be true for a component to keep what it guarantees. It is about the world, where nobody can check it,
 * or it is made true by a service, and then the kernel checks at start that some component provides it.
 *
 * <p>Immutable: each method returns another assumption. A component {@linkplain ComponentDescriptor.Builder#assumes declares}
 * its own in its descriptor; the constants are those that this project's components share.
 */
public final class Assumption {
    /** What the kernel's perfect links rest on, and with them every component. */
    public static final Assumption FAIR_LOSS_LINKS = of(
            "fair-loss links", "what is sent again and again between two processes that do not crash arrives at last");

    /** Fewer than half of all processes crash. */
    public static final Assumption MAJORITY_OF_CORRECT_PROCESSES = of(
                    "a majority of correct processes",
                    "fewer than half of all processes crash, or are cut off; with more it waits, and nothing wrong is delivered")
            .survives(Assumption::fewerThanHalf);

    /** The eventually perfect detector; without one the node does not start. */
    public static final Assumption EVENTUALLY_PERFECT_FAILURE_DETECTION = of(
                    "eventually perfect failure detection",
                    "a crashed process is suspected for good, and wrong suspicions come to an end")
            .madeTrueBy(FailureDetector.class);

    /** The perfect detector; without one the node does not start. */
    public static final Assumption PERFECT_FAILURE_DETECTION = of(
                    "perfect failure detection",
                    "every crash is noticed by every process that is left, and no living process is taken for crashed")
            .madeTrueBy(PerfectFailureDetector.class);

    /**
     * What a majority of a view holds or has agreed to, is not lost with the next view: one view for ever has that, and views
     * each of which a majority of the one before agrees on. A membership that lets fewer agree {@linkplain
     * ComponentDescriptor.Builder#breaks breaks} it.
     */
    public static final Assumption MAJORITY_AGREES_ON_VIEWS = of(
                    "views that a majority agrees on",
                    "whoever goes on to the next view meets a majority of this one, so that what a majority holds is known there")
            .madeTrueBy(GroupMembership.class);

    /** What an eventually perfect detector by timeouts rests on. */
    public static final Assumption EVENTUALLY_BOUNDED_DELAYS = of(
            "delays and pauses bounded eventually",
            "from some time on, messages and processes are never held up for longer than the failure detector's timeout");

    /** What a perfect detector by timeouts rests on. */
    public static final Assumption BOUNDED_DELAYS = of(
            "delays and pauses always bounded",
            "messages and processes are never held up for longer than the failure detector's timeout; one that is, is shut out");

    /** What a process that crashed has not received is kept for it, for ever: in the end that fills all the room there is. */
    public static final Assumption NOBODY_GONE_FOR_GOOD = of(
                    "nobody is gone for good",
                    "what a crashed process has not received is kept for it; once that fills the windows, broadcasts wait for ever")
            .survivesForGood(processes -> 0);

    // Injected
    private final String name;
    private final String meaning;
    private final Optional<Class<?>> service;
    private final IntUnaryOperator crashes;
    private final IntUnaryOperator crashesForGood;
    private final Optional<Assumption> alternative;

    private Assumption(
            String name,
            String meaning,
            Optional<Class<?>> service,
            IntUnaryOperator crashes,
            IntUnaryOperator crashesForGood,
            Optional<Assumption> alternative) {
        this.name = Objects.requireNonNull(name, "name");
        this.meaning = Objects.requireNonNull(meaning, "meaning");
        this.service = service;
        this.crashes = crashes;
        this.crashesForGood = crashesForGood;
        this.alternative = alternative;
    }

    /**
     * An assumption about the world that holds however many processes crash.
     *
     * @param name a few words that follow "it assumes", such as {@code a majority of correct processes}
     * @param meaning one clause that a reader new to the field understands
     */
    public static Assumption of(String name, String meaning) {
        return new Assumption(
                name,
                meaning,
                Optional.empty(),
                IntUnaryOperator.identity(),
                IntUnaryOperator.identity(),
                Optional.empty());
    }

    /**
     * The same, made true by a component that provides {@code service}. A node in which none does is refused, unless there
     * is an {@linkplain #orElse alternative}.
     */
    public Assumption madeTrueBy(Class<?> provider) {
        return new Assumption(name, meaning, Optional.of(provider), crashes, crashesForGood, alternative);
    }

    /** The same, true as long as at most {@code limit} of so many processes crash: a function of the number of processes. */
    public Assumption survives(IntUnaryOperator limit) {
        return new Assumption(name, meaning, service, limit, limit, alternative);
    }

    /**
     * The same, with a second limit: more crashes than {@code limit}, though not more than {@link #survives} allows, do no harm at
     * first, and some in the long run.
     */
    public Assumption survivesForGood(IntUnaryOperator limit) {
        return new Assumption(name, meaning, service, crashes, limit, alternative);
    }

    /** This assumption where a component provides its service, and {@code other} where none does; neither is refused. */
    public Assumption orElse(Assumption other) {
        if (service.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is made true by no service, so that nothing could choose between it and \""
                            + other.name + "\"");
        }
        return new Assumption(name, meaning, service, crashes, crashesForGood, Optional.of(other));
    }

    /** A few words: what is assumed. */
    public String name() {
        return name;
    }

    /** One clause: what that means. */
    public String meaning() {
        return meaning;
    }

    /** The service that makes it true; empty for an assumption about the world. */
    public Optional<Class<?>> service() {
        return service;
    }

    /** What is assumed in place of this where no component provides its service. */
    public Optional<Assumption> alternative() {
        return alternative;
    }

    /** Whether a node is refused in which no component provides its service. */
    public boolean essential() {
        return service.isPresent() && alternative.isEmpty();
    }

    /** How many of so many processes may crash: 0 to {@code processes}. */
    public int crashes(int processes) {
        return within(processes, crashes);
    }

    /** How many of so many processes may crash with the rest going on for ever: at most {@link #crashes}. */
    public int crashesForGood(int processes) {
        return Math.min(crashes(processes), within(processes, crashesForGood));
    }

    private static int within(int processes, IntUnaryOperator limit) {
        return Math.max(0, Math.min(processes, limit.applyAsInt(processes)));
    }

    private static int fewerThanHalf(int processes) {
        return (processes - 1) / 2;
    }

    @Override
    public String toString() {
        return name;
    }
}
