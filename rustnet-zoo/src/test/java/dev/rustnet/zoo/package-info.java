/**
 * The bug zoo: wrong variants of our protocols, each a diff over the real class in {@code rustnet-zoo/bugs}. A bug is
 * applied to a copy of the source, compiled in memory, and run in the simulator until a checker finds it.
 */
package dev.rustnet.zoo;
