package dev.rustnet.plugins.groupmembership;

import dev.rustnet.broadcast.HeaderNumbers;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Standings as bytes: numbers as in headers, processes as rank in the group and
 * incarnation. What is not one is treated as cut short, which ends the connection that it came by.
 */
final class StandingCodec {
    private static final int MAX_SERVICES = 64;
    private static final int MAX_NAME = 64;
    private static final int MAX_INCARNATIONS = 1_000_000_000;
    private static final List<Standing.Step> STEPS =
            List.of(Standing.Step.NONE, Standing.Step.ASK, Standing.Step.STOP, Standing.Step.PROPOSE);
    private static final byte LEAVING = 1;
    private static final byte INSTALLED = 2;
    private static final byte ACCEPTED = 4;
    private static final byte PROPOSED = 8;
    private static final byte REMEMBERED = 16;

    // Injected
    private final Group group;

    StandingCodec(Group group) {
        this.group = group;
    }

    /** @throws java.nio.BufferOverflowException when there is no room */
    void write(Standing standing, ByteBuffer out) {
        Proposal installed = standing.installed();
        Proposal remembered = standing.remembered();
        Proposal accepted = standing.acceptedProposal();
        Proposal proposed = standing.proposed();
        out.put((byte) ((standing.leaving() ? LEAVING : 0)
                | (installed == null ? 0 : INSTALLED)
                | (remembered == null ? 0 : REMEMBERED)
                | (accepted == null ? 0 : ACCEPTED)
                | (proposed == null ? 0 : PROPOSED)));
        out.put((byte) STEPS.indexOf(standing.step()));
        writeBallot(standing.answered(), out);
        writeBallot(standing.promised(), out);
        writeBallot(standing.accepted(), out);
        writeBallot(standing.ballot(), out);
        writeProcesses(List.copyOf(standing.gone()), out);
        writeVectors(standing.held(), out);
        for (Proposal each : new Proposal[] {installed, remembered, accepted, proposed}) {
            if (each != null) {
                writeProposal(each, out);
            }
        }
    }

    Standing read(ByteBuffer in) {
        byte flags = in.get();
        int step = in.get();
        check(step >= 0 && step < STEPS.size());
        Ballot answered = readBallot(in);
        Ballot promised = readBallot(in);
        Ballot accepted = readBallot(in);
        Ballot ballot = readBallot(in);
        SortedSet<ProcessId> gone = new TreeSet<>(readProcesses(in));
        SortedMap<String, long[]> held = readVectors(in);
        Proposal installed = readProposal((flags & INSTALLED) != 0, in);
        Proposal remembered = readProposal((flags & REMEMBERED) != 0, in);
        Proposal acceptedProposal = readProposal((flags & ACCEPTED) != 0, in);
        Proposal proposed = readProposal((flags & PROPOSED) != 0, in);
        int size = installed == null ? 0 : installed.next().size();
        check(held.values().stream().allMatch(vector -> vector.length == size));
        check((proposed != null) == (STEPS.get(step) == Standing.Step.PROPOSE));
        check((acceptedProposal != null) == (accepted.round() > 0));
        return new Standing(
                installed,
                remembered,
                answered,
                promised,
                held,
                accepted,
                acceptedProposal,
                gone,
                (flags & LEAVING) != 0,
                STEPS.get(step),
                ballot,
                proposed);
    }

    private void writeBallot(Ballot ballot, ByteBuffer out) {
        writeNumber(ballot.view(), out);
        writeNumber(ballot.round(), out);
        writeNumber(ballot.proposer(), out);
    }

    private Ballot readBallot(ByteBuffer in) {
        long view = readNumber(in);
        long round = readNumber(in);
        return new Ballot(view, round, readCount(group.size(), in));
    }

    void writeProposal(Proposal proposal, ByteBuffer out) {
        writeProcesses(proposal.before(), out);
        writeView(proposal.next(), out);
        writeVectors(proposal.cuts(), out);
    }

    private @Nullable Proposal readProposal(boolean there, ByteBuffer in) {
        return there ? readProposal(in) : null;
    }

    Proposal readProposal(ByteBuffer in) {
        List<ProcessId> before = readProcesses(in);
        View next = readView(in);
        SortedMap<String, long[]> cuts = readVectors(in);
        check(cuts.values().stream().allMatch(cut -> cut.length == before.size()));
        return new Proposal(before, next, cuts);
    }

    private void writeView(View view, ByteBuffer out) {
        writeNumber(view.number(), out);
        writeProcesses(view.members(), out);
        for (Group.Member member : group.members()) {
            writeNumber(view.incarnations().getOrDefault(member.name(), 0), out);
        }
    }

    private View readView(ByteBuffer in) {
        long number = readNumber(in);
        check(number > 0);
        List<ProcessId> members = readProcesses(in);
        SortedMap<String, Integer> incarnations = new TreeMap<>();
        for (Group.Member member : group.members()) {
            int held = readCount(MAX_INCARNATIONS, in);
            if (held > 0) {
                incarnations.put(member.name(), held);
            }
        }
        check(members.stream().allMatch(member -> incarnations.containsKey(member.name())));
        return new View(number, members, incarnations);
    }

    private void writeVectors(SortedMap<String, long[]> vectors, ByteBuffer out) {
        writeNumber(vectors.size(), out);
        vectors.forEach((name, vector) -> {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            writeNumber(bytes.length, out);
            out.put(bytes);
            writeNumber(vector.length, out);
            for (long number : vector) {
                writeNumber(number, out);
            }
        });
    }

    private SortedMap<String, long[]> readVectors(ByteBuffer in) {
        SortedMap<String, long[]> vectors = new TreeMap<>();
        for (int left = readCount(MAX_SERVICES, in); left > 0; left--) {
            byte[] bytes = new byte[readCount(MAX_NAME, in)];
            in.get(bytes);
            long[] vector = new long[readCount(group.size(), in)];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = readNumber(in);
            }
            vectors.put(new String(bytes, StandardCharsets.UTF_8), vector);
        }
        return vectors;
    }

    private void writeProcesses(List<ProcessId> processes, ByteBuffer out) {
        writeNumber(processes.size(), out);
        processes.forEach(process -> writeProcess(process, out));
    }

    private List<ProcessId> readProcesses(ByteBuffer in) {
        List<ProcessId> processes = new ArrayList<>();
        for (int left = readCount(group.size(), in); left > 0; left--) {
            processes.add(readProcess(in));
        }
        return processes;
    }

    void writeProcess(ProcessId process, ByteBuffer out) {
        writeNumber(group.rank(process.name()).orElseThrow(), out);
        out.putLong(process.incarnation());
    }

    ProcessId readProcess(ByteBuffer in) {
        int rank = readCount(group.size() - 1, in);
        long incarnation = in.getLong();
        check(incarnation > 0);
        return new ProcessId(group.members().get(rank).name(), incarnation);
    }

    static void writeNumber(long number, ByteBuffer out) {
        HeaderNumbers.write(out, number);
    }

    static long readNumber(ByteBuffer in) {
        try {
            return HeaderNumbers.read(in);
        } catch (IllegalArgumentException e) {
            throw new BufferUnderflowException();
        }
    }

    static int readCount(int most, ByteBuffer in) {
        long number = readNumber(in);
        check(number <= most);
        return (int) number;
    }

    /** Which of the standings of its process that is, from 1. */
    static long readVersion(ByteBuffer in) {
        long version = readNumber(in);
        check(version > 0);
        return version;
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw new BufferUnderflowException();
        }
    }
}
