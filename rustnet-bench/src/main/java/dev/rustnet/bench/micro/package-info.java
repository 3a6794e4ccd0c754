/**
 * The parts that the way of a broadcast is made of, one by one, measured by JMH. Benchmarks of classes that are not public stand in the
 * packages of those classes, here in this module.
 */
@NullMarked
package dev.rustnet.bench.micro;

import org.jspecify.annotations.NullMarked;
