/**
 * Who takes part: processes with their incarnations, the configured group, views, and the service that decides who
 * counts.
 */
@NullMarked
package dev.rustnet.group;

import org.jspecify.annotations.NullMarked;
