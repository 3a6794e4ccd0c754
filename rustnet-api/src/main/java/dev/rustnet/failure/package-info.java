/**
 * Failure detection: the eventually perfect detector (suspect, restore) and the perfect one (crash), CGR chapter 2.6.
 */
@NullMarked
package dev.rustnet.failure;

import org.jspecify.annotations.NullMarked;
