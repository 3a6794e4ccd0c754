package dev.rustnet.core.kernel;

import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.settings.Origins;
import dev.rustnet.transport.TransportException;
import java.util.List;

/** Words the report of a node that cannot listen on its address. */
final class Listening {
    private Listening() {}

    static StartException failed(Plan plan, TransportException e) {
        String bind = plan.settings().bind();
        String place = "rustnet.node.bind, " + Origins.of(plan.configuration().effective(), "rustnet.node.bind");
        String cannot = "cannot listen on " + bind + ": ";
        Problem problem =
                switch (e.reason()) {
                    case ADDRESS_IN_USE ->
                        Problem.of(ProblemCode.PORT_IN_USE, cannot + "another program has this port (" + place + ").")
                                .fix("stop it (\"ss -ltnp | grep " + bind.substring(bind.lastIndexOf(':'))
                                        + "\" names it), or choose another port, or 0 for any free one");
                    case NOT_LOCAL ->
                        Problem.of(ProblemCode.NOT_LOCAL, cannot + "this machine has no such address (" + place + ").")
                                .fix("bind to 0.0.0.0 for all addresses; rustnet.node.advertise is what others dial");
                    case OTHER -> Problem.of(ProblemCode.CANNOT_LISTEN, cannot + e.getMessage() + " (" + place + ").");
                };
        return new StartException(List.of(problem), e);
    }
}
