package dev.rustnet.core.environment;

/** The former place of {@link dev.rustnet.core.loop.TimeSource}. */
public interface TimeSource extends dev.rustnet.core.loop.TimeSource {}
