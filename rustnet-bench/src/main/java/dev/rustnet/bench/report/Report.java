package dev.rustnet.bench.report;

import java.util.List;

/**
 * All that a run of the benchmark found.
 *
 * @param machine where it ran
 * @param launches how often each was launched
 * @param notes what a reader must know: lengths of phases, settings
 * @param sections one for each work
 */
public record Report(String machine, int launches, List<String> notes, List<Section> sections) {}
