package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The definitions of the properties, word for word and without any thought of speed, to compare the monitors with. */
final class Oracle {
    /** One event of a run. */
    record Step(int process, Event event) {}

    private record Message(int sender, long number) {}

    private final List<Step> run;
    private final List<Integer> processes;
    private final Set<Integer> crashed;

    Oracle(List<Step> run, int processes, Set<Integer> crashed) {
        this.run = run;
        this.crashed = crashed;
        this.processes = new ArrayList<>();
        for (int process = 1; process <= processes; process++) {
            this.processes.add(process);
        }
    }

    boolean violated(Property property) {
        return switch (property) {
            case PL1 -> someSentNotReceived();
            case PL2 -> receivedTwice();
            case PL3 -> receivedUnsent();
            case PFD2 ->
                run.stream().anyMatch(s -> s.event() instanceof Event.Suspect x && !crashed.contains(x.peer()));
            case PFD1, EPFD1 ->
                crashed.stream().anyMatch(c -> correct().stream().anyMatch(p -> met(p, c) && !suspectedAtEnd(p, c)));
            case EPFD2 -> correct().stream().anyMatch(c -> correct().stream().anyMatch(p -> suspectedAtEnd(p, c)));
            case BEB1 ->
                correct().stream().anyMatch(s -> broadcasts(s).stream()
                        .anyMatch(m -> correct().stream().anyMatch(q -> !delivers(q, m))));
            case RB1, URB1 ->
                correct().stream().anyMatch(s -> broadcasts(s).stream().anyMatch(m -> !delivers(s, m)));
            case BEB2, RB2, URB2 -> deliveredTwice();
            case BEB3, RB3, URB3 -> deliveredUnbroadcast();
            case RB4 -> disagreement(correct());
            case URB4 -> disagreement(processes);
            case FRB5 ->
                deliversBefore(
                        (p, m1) -> fromTheStart(p) || m1.number() >= begin(p, m1.sender()) || delivers(p, m1),
                        (m1, m2) -> m1.sender() == m2.sender() && precedes(broadcast(m1), broadcast(m2)));
            case CRB5 -> deliversBefore((p, m1) -> true, this::happenedBefore);
            case TOB5 -> crossing(correct());
            case UTOB5 -> crossing(processes);
            case GM1 ->
                processes.stream().anyMatch(p -> IntStream.range(1, installs(p).size())
                        .anyMatch(i -> installs(p).get(i).view()
                                != installs(p).get(i - 1).view() + 1));
            case GM2 ->
                allInstalls().stream().anyMatch(one -> allInstalls().stream()
                        .anyMatch(other -> one.view() == other.view()
                                && !Set.copyOf(one.members()).equals(Set.copyOf(other.members()))));
            case VS ->
                LongStream.range(1, 10)
                        .anyMatch(view -> processes.stream()
                                        .filter(p -> goesOn(p, view))
                                        .map(p -> deliveredIn(p, view))
                                        .distinct()
                                        .count()
                                > 1);
        };
    }

    private List<Integer> correct() {
        return processes.stream().filter(p -> !crashed.contains(p)).toList();
    }

    private List<Event.InstallView> allInstalls() {
        return processes.stream().flatMap(p -> installs(p).stream()).toList();
    }

    private List<Event.InstallView> installs(int process) {
        return run.stream()
                .filter(s -> s.process() == process && s.event() instanceof Event.InstallView)
                .map(s -> (Event.InstallView) s.event())
                .toList();
    }

    /** The view in which the process stands at that index of the run, 0 for none. */
    private long viewAt(int process, int index) {
        return run.subList(0, index).stream()
                .filter(s -> s.process() == process && s.event() instanceof Event.InstallView)
                .mapToLong(s -> ((Event.InstallView) s.event()).view())
                .reduce(0, (earlier, later) -> later);
    }

    private boolean fromTheStart(int process) {
        List<Event.InstallView> own = installs(process);
        return own.isEmpty() ? allInstalls().isEmpty() : own.get(0).view() == 1;
    }

    private boolean goesOn(int process, long view) {
        List<Event.InstallView> own = installs(process);
        return IntStream.range(1, own.size())
                .anyMatch(i -> own.get(i - 1).view() == view && own.get(i).view() == view + 1);
    }

    /** What the process delivered while it stood in that view, also what it had delivered before. */
    private Set<Message> deliveredIn(int process, long view) {
        return IntStream.range(0, run.size())
                .filter(i -> run.get(i).process() == process && viewAt(process, i) == view)
                .mapToObj(i -> run.get(i).event())
                .filter(Event.Deliver.class::isInstance)
                .map(Event.Deliver.class::cast)
                .map(deliver -> new Message(deliver.sender(), deliver.number()))
                .collect(Collectors.toSet());
    }

    /** A joiner is owed what somebody delivered in its first view or later. */
    private boolean owed(int process, Message m, int other) {
        return fromTheStart(other)
                || (!installs(other).isEmpty()
                        && viewAt(process, delivery(process, m))
                                >= installs(other).get(0).view());
    }

    private boolean met(int process, int peer) {
        List<Event.InstallView> own = installs(process);
        return own.isEmpty()
                || own.get(0).view() == 1
                || own.stream().anyMatch(install -> install.members().contains(peer));
    }

    private int first(int process, Event event) {
        return run.indexOf(new Step(process, event));
    }

    private int broadcast(Message m) {
        return first(m.sender(), new Event.Broadcast(m.number()));
    }

    private int delivery(int process, Message m) {
        return first(process, new Event.Deliver(m.sender(), m.number()));
    }

    private boolean delivers(int process, Message m) {
        return delivery(process, m) >= 0;
    }

    private static boolean precedes(int index, int other) {
        return index >= 0 && other >= 0 && index < other;
    }

    private List<Message> broadcasts(int process) {
        return run.stream()
                .filter(s -> s.process() == process && s.event() instanceof Event.Broadcast)
                .map(s -> new Message(process, ((Event.Broadcast) s.event()).number()))
                .toList();
    }

    private List<Message> delivered(int process) {
        return run.stream()
                .filter(s -> s.process() == process && s.event() instanceof Event.Deliver)
                .map(s -> (Event.Deliver) s.event())
                .map(d -> new Message(d.sender(), d.number()))
                .toList();
    }

    private boolean deliveredTwice() {
        return processes.stream()
                .anyMatch(p ->
                        delivered(p).stream().distinct().count() < delivered(p).size());
    }

    private boolean deliveredUnbroadcast() {
        return processes.stream()
                .anyMatch(p -> delivered(p).stream().anyMatch(m -> !precedes(broadcast(m), delivery(p, m))));
    }

    private boolean disagreement(List<Integer> obliging) {
        return obliging.stream().anyMatch(p -> delivered(p).stream()
                .anyMatch(m -> correct().stream().anyMatch(q -> !delivers(q, m) && owed(p, m, q))));
    }

    private boolean suspectedAtEnd(int process, int peer) {
        int suspect = run.lastIndexOf(new Step(process, new Event.Suspect(peer)));
        return suspect > run.lastIndexOf(new Step(process, new Event.Restore(peer)));
    }

    /** Where a process begins with a sender's messages. */
    private long begin(int process, int sender) {
        return delivered(process).stream()
                .filter(m -> m.sender() == sender)
                .mapToLong(Message::number)
                .findFirst()
                .orElse(1);
    }

    /** Somebody to whom m1 matters delivers m2 without m1 before it, for some m1 that must come before m2. */
    private boolean deliversBefore(BiPredicate<Integer, Message> matters, BiPredicate<Message, Message> mustPrecede) {
        List<Message> all =
                processes.stream().flatMap(p -> broadcasts(p).stream()).toList();
        return processes.stream().anyMatch(p -> delivered(p).stream()
                .filter(m2 -> precedes(broadcast(m2), delivery(p, m2)))
                .anyMatch(m2 -> all.stream()
                        .anyMatch(m1 -> matters.test(p, m1)
                                && mustPrecede.test(m1, m2)
                                && !precedes(delivery(p, m1), delivery(p, m2)))));
    }

    /** The transitive relation, where the monitor checks only its single steps. */
    private boolean happenedBefore(Message m1, Message m2) {
        int broadcast = broadcast(m2);
        if (m1.equals(m2) || broadcast < 0) {
            return false;
        }
        if ((m1.sender() == m2.sender() && precedes(broadcast(m1), broadcast))
                || precedes(delivery(m2.sender(), m1), broadcast)) {
            return true;
        }
        return processes.stream()
                .flatMap(p -> broadcasts(p).stream())
                .anyMatch(between -> !between.equals(m2)
                        && precedes(broadcast(between), broadcast)
                        && (between.sender() == m2.sender() || precedes(delivery(m2.sender(), between), broadcast))
                        && happenedBefore(m1, between));
    }

    private boolean crossing(List<Integer> among) {
        return among.stream().anyMatch(p -> among.stream()
                .anyMatch(q -> delivered(p).stream().anyMatch(m1 -> delivered(p).stream()
                        .anyMatch(m2 -> precedes(delivery(p, m1), delivery(p, m2))
                                && precedes(delivery(q, m2), delivery(q, m1))))));
    }

    private boolean receivedTwice() {
        List<Step> receptions =
                run.stream().filter(s -> s.event() instanceof Event.Receive).toList();
        return receptions.stream().distinct().count() < receptions.size();
    }

    private boolean receivedUnsent() {
        return run.stream()
                .anyMatch(s -> s.event() instanceof Event.Receive r
                        && !precedes(first(r.from(), new Event.Send(s.process(), r.number())), first(s.process(), r)));
    }

    private boolean someSentNotReceived() {
        return run.stream()
                .anyMatch(s -> s.event() instanceof Event.Send m
                        && correct().contains(s.process())
                        && correct().contains(m.to())
                        && first(m.to(), new Event.Receive(s.process(), m.number())) < 0);
    }
}
