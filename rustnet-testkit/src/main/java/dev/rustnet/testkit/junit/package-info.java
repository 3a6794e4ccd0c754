/** The JUnit extension: a test that runs in the simulator, once for each seed. Needs JUnit's jupiter-api on the class path. */
@NullMarked
package dev.rustnet.testkit.junit;

import org.jspecify.annotations.NullMarked;
