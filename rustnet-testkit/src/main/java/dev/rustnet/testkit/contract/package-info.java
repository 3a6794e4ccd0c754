/**
 * What a component must hold, as abstract JUnit tests: extend one, say which component, and it is put through the simulator.
 * None of it sees the component's code. Needs JUnit's jupiter-api on the class path, and ArchUnit for {@link
 * ComponentContract}.
 */
@NullMarked
package dev.rustnet.testkit.contract;

import org.jspecify.annotations.NullMarked;
