/**
 * Small components that stand in, in a test, for those of the distribution: a detector, a membership and three broadcasts,
 * each the simplest algorithm of the book. The test of a third-party component needs no other plug-in.
 */
@NullMarked
package dev.rustnet.testkit.standin;

import org.jspecify.annotations.NullMarked;
