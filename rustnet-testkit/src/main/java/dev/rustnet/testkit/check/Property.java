package dev.rustnet.testkit.check;

import java.util.function.Supplier;

/**
 * A property of CGR (2nd edition), by its name there; GM1, GM2 and VS after it, for views that processes also join.
 */
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
    UTOB5("uniform total order", true, () -> new TotalOrder(TotalOrder.Kind.UNIFORM)),

    GM1("monotonicity", true, ViewSequence::new),
    GM2("view agreement", true, ViewAgreement::new),
    VS("virtual synchrony", true, VirtualSynchrony::new);

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

    /** What it says, after CGR. */
    public String statement() {
        return switch (this) {
            case PL1 ->
                "If a correct process p sends a message m to a correct process q, then q eventually delivers m.";
            case PL2 -> "No message is delivered by a process more than once.";
            case PL3 -> "If a process q delivers a message m with sender p, then m was previously sent to q by p.";
            case PFD1 -> "Eventually, every process that crashes is permanently detected by every correct process.";
            case PFD2 -> "If a process p is detected by any process, then p has crashed.";
            case EPFD1 -> "Eventually, every process that crashes is permanently suspected by every correct process.";
            case EPFD2 -> "Eventually, no correct process is suspected by any correct process.";
            case BEB1 ->
                "If a correct process broadcasts a message m, then every correct process eventually delivers m.";
            case BEB2, RB2, URB2 -> "No message is delivered more than once.";
            case BEB3, RB3, URB3 ->
                "If a process delivers a message m with sender s, then m was previously broadcast by process s.";
            case RB1, URB1 -> "If a correct process p broadcasts a message m, then p eventually delivers m.";
            case RB4 ->
                "If a message m is delivered by some correct process, then m is eventually delivered by every correct process.";
            case URB4 ->
                "If a message m is delivered by some process (correct or faulty), then m is eventually delivered by every correct process.";
            case FRB5 ->
                "If some process broadcasts m1 before it broadcasts m2, then no process delivers m2 unless it has already delivered m1.";
            case CRB5 ->
                "For any message m1 that potentially caused a message m2, no process delivers m2 unless it has already delivered m1.";
            case TOB5 ->
                "Whichever two messages two correct processes both deliver, they deliver them in the same order.";
            case UTOB5 ->
                "Whichever two messages two processes (correct or faulty) both deliver, they deliver them in the same order.";
            case GM1 -> "If a process installs view v, then the next view that it installs is v + 1.";
            case GM2 -> "Any two processes (correct or faulty) that install view v install the same members.";
            case VS ->
                "Any two processes (correct or faulty) that install view v and then view v + 1 deliver the same messages between the two.";
        };
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
