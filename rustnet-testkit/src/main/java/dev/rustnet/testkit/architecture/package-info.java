/**
 * The rules for components as ArchUnit rules. Whoever uses them brings {@code archunit-junit5} as a test dependency.
 */
@NullMarked
package dev.rustnet.testkit.architecture;

import org.jspecify.annotations.NullMarked;
