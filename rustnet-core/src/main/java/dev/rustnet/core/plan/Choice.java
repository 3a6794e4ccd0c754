package dev.rustnet.core.plan;

/**
 * {@code rustnet.services.<service> = <component>}.
 *
 * @param service in kebab-case
 * @param component the component that shall provide it
 * @param place where that is written
 * @param byDefault whether a jar's reference.conf says so, and not the user: it holds only where it can
 */
public record Choice(String service, String component, String place, boolean byDefault) {}
