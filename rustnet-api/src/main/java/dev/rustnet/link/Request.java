package dev.rustnet.link;

/**
 * A payload that asks another process for something: {@code record PriceOf(String item) implements Request<Price> {}}. The
 * class and that of its reply are registered as payloads, under the same names at every process.
 *
 * @param <R> the class of the reply
 */
public interface Request<R> {}
