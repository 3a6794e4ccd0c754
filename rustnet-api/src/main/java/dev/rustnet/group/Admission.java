package dev.rustnet.group;

/** The answer of the {@link GroupMembership} to a process that wants to take part. */
public sealed interface Admission {
    /** It may take part. */
    record Accepted() implements Admission {}

    /**
     * It may not now; it may ask again, for instance once a configuration has been mended.
     *
     * @param sentence why, for a person to read on both sides
     */
    record Refused(String sentence) implements Admission {}

    /**
     * This incarnation never takes part again: it is told so, and ends.
     *
     * @param sentence why, for a person to read on both sides
     */
    record Excluded(String sentence) implements Admission {}

    /**
     * A higher incarnation of its name is known, as when a clock was set back before it was started again. It is told that one's
     * number, and starts anew above it.
     *
     * @param sentence why, for a person to read on both sides
     * @param highest the highest incarnation known of its name
     */
    record Outdated(String sentence, long highest) implements Admission {}

    /** Not decided yet: the kernel keeps the connection and asks again shortly. */
    record Held() implements Admission {}
}
