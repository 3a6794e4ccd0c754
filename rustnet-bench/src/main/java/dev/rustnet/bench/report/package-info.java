/**
 * What comes out: a Markdown table, a JSON file, a plot. No figure stands without that of the yardstick, taken in the same run.
 */
@NullMarked
package dev.rustnet.bench.report;

import org.jspecify.annotations.NullMarked;
