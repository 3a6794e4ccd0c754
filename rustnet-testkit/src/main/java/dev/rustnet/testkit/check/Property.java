package dev.rustnet.testkit.check;

import java.util.function.Supplier;

/** A property of CGR (2nd edition), by its name there. */
public enum Property {
    PL1("reliable delivery", false, LinkDelivery::new),
    PL2("no duplication", true, () -> new NoDuplication(NoDuplication.Of.RECEPTIONS)),
    PL3("no creation", true, () -> new NoCreation(NoCreation.Of.RECEPTIONS)),

    PFD1("strong completeness", false, () -> new Completeness(Completeness.Kind.PERFECT)),
    PFD2("strong accuracy", true, PerfectAccuracy::new),
    EPFD1("strong completeness", false, () -> new Completeness(Completeness.Kind.EVENTUALLY_PERFECT)),
    EPFD2("eventual strong accuracy", false, EventualAccuracy::new),

    BEB1("validity", false, DeliveryToAll::new),
    BEB2("no duplication", true, () -> new NoDuplication(NoDuplication.Of.DELIVERIES)),
    BEB3("no creation", true, () -> new NoCreation(NoCreation.Of.DELIVERIES)),

    RB1("validity", false, OwnDelivery::new),
    RB2("no duplication", true, () -> new NoDuplication(NoDuplication.Of.DELIVERIES)),
    RB3("no creation", true, () -> new NoCreation(NoCreation.Of.DELIVERIES)),
    RB4("agreement", false, () -> new Agreement(Agreement.Kind.REGULAR)),

    URB1("validity", false, OwnDelivery::new),
    URB2("no duplication", true, () -> new NoDuplication(NoDuplication.Of.DELIVERIES)),
    URB3("no creation", true, () -> new NoCreation(NoCreation.Of.DELIVERIES)),
    URB4("uniform agreement", false, () -> new Agreement(Agreement.Kind.UNIFORM)),

    FRB5("FIFO delivery", true, FifoOrder::new),
    CRB5("causal delivery", true, CausalOrder::new),
    TOB5("total order", true, () -> new TotalOrder(TotalOrder.Kind.REGULAR)),
    UTOB5("uniform total order", true, () -> new TotalOrder(TotalOrder.Kind.UNIFORM));

    private final String title;
    private final boolean safety;

    @SuppressWarnings("ImmutableEnumChecker") // Constructor references only.
    private final Supplier<Monitor> monitor;

    Property(String title, boolean safety, Supplier<Monitor> monitor) {
        this.title = title;
        this.safety = safety;
        this.monitor = monitor;
    }

    /** Its name, such as {@code uniform agreement}. */
    public String title() {
        return title;
    }

    /** Whether a violation, once seen, stays one whatever happens later; else the run must have come to rest first. */
    public boolean safety() {
        return safety;
    }

    /** A fresh monitor of it. */
    public Monitor monitor() {
        return monitor.get();
    }

    /** For instance {@code URB4 uniform agreement}. */
    @Override
    public String toString() {
        return name() + " " + title;
    }
}
