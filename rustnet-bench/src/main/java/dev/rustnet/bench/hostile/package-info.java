/**
 * How much later deliveries come while a member has hostile connections by the thousand:
 * {@link dev.rustnet.bench.hostile.HostileLatency}.
 */
@NullMarked
package dev.rustnet.bench.hostile;

import org.jspecify.annotations.NullMarked;
