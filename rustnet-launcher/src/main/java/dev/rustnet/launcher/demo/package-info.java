/**
 * The demonstration: a mesh of node processes on this machine that exchange real lines by uniform reliable broadcast
 * while some of them are killed, and the verdict over their event logs.
 */
@NullMarked
package dev.rustnet.launcher.demo;

import org.jspecify.annotations.NullMarked;
