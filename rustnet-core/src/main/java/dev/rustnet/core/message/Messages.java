package dev.rustnet.core.message;

import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.link.QuietLog;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.link.RequestFailedException;
import dev.rustnet.link.TypedLinks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All point-to-point messages of one node besides what components send as bytes. On the loop, or while it is built. */
public final class Messages {
    private static final String APPLICATION = "application";

    // Injected
    private final NodeSettings settings;
    private final EventLoop loop;
    private final LinkLayer links;
    private final PayloadCodec codec;
    private final Counters counters;
    private final System.Logger log;
    private final QuietLog quietLog;
    private final Counter failures;
    private final LinkSender directSender;
    private final DirectMessages direct;
    private final TypedLinks application;

    // State
    private final List<TypedMessages> typed = new ArrayList<>();
    private @Nullable FailureDetector detector;

    public Messages(
            NodeSettings settings,
            EventLoop loop,
            LinkLayer links,
            PayloadCodec codec,
            Counters counters,
            System.Logger log) {
        this.settings = settings;
        this.loop = loop;
        this.links = links;
        this.codec = codec;
        this.counters = counters;
        this.log = log;
        quietLog = new QuietLog(log, loop.clock());
        failures = counters.counter(APPLICATION + ".failures");
        PerfectLinks own = links.perfect(APPLICATION);
        directSender = new LinkSender(settings, loop, own, counters.counter(APPLICATION + ".dropped.unreachable"));
        direct = new DirectMessages(loop, own, directSender, this::applicationThrew);
        application = typed(APPLICATION, this::applicationThrew);
    }

    private void applicationThrew(String handler, ProcessId from, Throwable error) {
        failures.increment();
        log.log(
                System.Logger.Level.ERROR,
                Problem.of(
                                ProblemCode.CALLBACK_FAILED,
                                "the application's " + handler + " threw " + error + ", for a message of " + from + ".")
                        .with("then", "the node goes on")
                        .toString(),
                error);
    }

    /** The application's messages of bytes. */
    public DirectMessages direct() {
        return direct;
    }

    /** The application's typed links. */
    public TypedLinks typed() {
        return application;
    }

    /** Typed links of that component, once. */
    public TypedLinks typed(String user, HandlerFailures onFailure) {
        TypedCounters counted = new TypedCounters(counters, user);
        PerfectLinks own = links.perfect(user + "/typed");
        int most = settings.link().windowMessages();
        TypedParts parts = new TypedParts(
                loop,
                new LinkSender(settings, loop, own, counted.unreachable()),
                codec,
                counted,
                onFailure,
                (subject, sentence) ->
                        quietLog.say(System.Logger.Level.WARNING, user + " " + subject, user + ": " + sentence));
        TypedMessages made = new TypedMessages(
                parts, own, new OpenRequests(parts, new Present(), most), new Responders(parts, settings.name(), most));
        typed.add(made);
        return made;
    }

    /** A name stands for the incarnation that the link leads to. */
    private final class Present implements OpenRequests.Standing {
        @Override
        public @Nullable RequestFailedException objection(ProcessId process) {
            ProcessId present = present(process);
            if (process.known() && present.known() && !process.equals(present)) {
                return OpenRequests.countsNoMore(process);
            }
            return detector != null && detector.suspects(present) ? TypedMessages.suspicion(present) : null;
        }

        @Override
        public boolean met(ProcessId process) {
            return present(process).known();
        }

        private ProcessId present(ProcessId process) {
            ProcessId present = links.process(links.rank(process));
            return present.known() ? present : process;
        }
    }

    /** Sets who says which processes give no sign of life, and which count no more; once, when components are wired. */
    public void attach(GroupMembership membership, @Nullable FailureDetector suspecting) {
        detector = suspecting;
        membership.listen(new MembershipListener() {
            @Override
            public void removed(int rank, ProcessId process, Removal reason) {
                String how =
                        switch (reason) {
                            case CRASHED -> "crashed";
                            case LEFT -> "left";
                            case EXCLUDED -> "was excluded";
                        };
                typed.forEach(each -> each.gone(process, how));
            }
        });
        if (suspecting != null) {
            suspecting.listen(new FailureDetector.SuspicionListener() {
                @Override
                public void suspect(ProcessId process) {
                    typed.forEach(each -> each.suspected(process));
                }

                @Override
                public void restore(ProcessId process) {}
            });
        }
    }

    /** Whether nothing waits for a window. */
    public boolean drained() {
        return directSender.drained() && typed.stream().allMatch(TypedMessages::drained);
    }

    /** Lets go of threads that wait, and fails requests that are open. */
    public void close() {
        directSender.close();
        typed.forEach(TypedMessages::close);
    }
}
