/**
 * One node through all its incarnations: when one has ended because the others went on without it, the next one begins, and what the
 * application holds in its hands goes on to work.
 */
@NullMarked
package dev.rustnet.core.incarnation;

import org.jspecify.annotations.NullMarked;
