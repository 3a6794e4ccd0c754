/**
 * Failure detection with heartbeats (CGR 2.6): {@link HeartbeatFailureDetector} decides from signs of life who is
 * suspected, and, where synchrony is assumed, who has crashed; {@link FailureDetectorComponent} wires it to a node.
 */
@NullMarked
package dev.rustnet.plugins.failuredetector;

import org.jspecify.annotations.NullMarked;
