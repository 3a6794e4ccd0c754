package dev.rustnet.core.incarnation;

import dev.rustnet.core.kernel.Blueprint;

/** Plans one incarnation after the other from the same settings. */
@FunctionalInterface
public interface Draft {
    /**
     * Plans the next incarnation.
     *
     * @param address where the former one listened, {@code host:port}
     * @throws dev.rustnet.core.plan.StartException with all problems, when there are any
     */
    Blueprint draw(String address);
}
