package dev.rustnet.core.incarnation;

import dev.rustnet.core.kernel.Kernel;

/** What the application holds beyond one incarnation. */
interface Lasting {
    /** Another incarnation has been wired, and is not started yet: from now on it is the one. */
    void moveTo(Kernel next);
}
