package dev.rustnet.core.plan;

/** The codes of the kernel's reports. Each one has its chapter in {@code docs/errors.md}. */
public enum ProblemCode {
    /** A component's constructor threw. */
    CONSTRUCTOR_FAILED("RN-001"),
    /** A line of a provider-configuration file names no usable class. */
    BAD_PROVIDER("RN-002"),
    /** Two components have one name. */
    DUPLICATE_NAME("RN-003"),
    /** A component cannot say what it is: its settings or its descriptor threw, or the name is not kebab-case. */
    BAD_DESCRIPTOR("RN-004"),
    /** A component threw in start. */
    START_FAILED("RN-005"),
    /** A component did not provide, in start, a service that it had declared. */
    NOT_PROVIDED("RN-006"),
    /** A member annotated with Inject asks for something that the component may not have. */
    INJECTION_FAILED("RN-007"),
    /** No component provides GroupMembership, without which no node can run. */
    NO_MEMBERSHIP("RN-010"),
    /** A component requires a service that nobody provides. */
    MISSING_SERVICE("RN-011"),
    /** Components depend on each other in a circle. */
    CYCLE("RN-012"),
    /** Several components provide one service, and the configuration does not choose. */
    TWO_PROVIDERS("RN-013"),
    /** A component requires what it provides itself. */
    SELF_DEPENDENCY("RN-014"),
    /** The configuration chooses a component that there is not, that is disabled, or that does not provide the service. */
    BAD_CHOICE("RN-015"),
    /** A component assumes what only a service makes true, and nobody provides that service. */
    UNFOUNDED_ASSUMPTION("RN-016"),
    /** The configuration cannot be read or is not HOCON. */
    UNREADABLE_CONFIG("RN-020"),
    /** A value has the wrong type or form. */
    BAD_VALUE("RN-021"),
    /** A key that nobody knows. */
    UNKNOWN_KEY("RN-022"),
    /** A value is out of its range. */
    OUT_OF_RANGE("RN-023"),
    /** Values that are valid alone do not go together. */
    CONTRADICTION("RN-024"),
    /** An entry of the list of peers is not an address, or stands there twice. */
    BAD_PEER("RN-025"),
    /** The process does not find itself in the list of peers. */
    NOT_IN_PEERS("RN-026"),
    /** There is no transport of the name that the configuration asks for. */
    NO_TRANSPORT("RN-030"),
    /** The port is in use. */
    PORT_IN_USE("RN-031"),
    /** The address to listen on is not one of this machine. */
    NOT_LOCAL("RN-032"),
    /** The transport cannot listen for another reason. */
    CANNOT_LISTEN("RN-033"),
    /** A payload class is not registered. */
    NOT_REGISTERED("RN-041"),
    /** Two payloads under one name, or one class under two. */
    PAYLOAD_CLASH("RN-042"),
    /** A component threw while the node was running. */
    HANDLER_FAILED("RN-050"),
    /** A component threw in stop. */
    STOP_FAILED("RN-051"),
    /** A component, or the peers, ended the node. */
    NODE_FAILED("RN-052"),
    /** An application's callback threw. */
    CALLBACK_FAILED("RN-053"),
    /** The loop did not come back in time when the node was to stop. */
    LOOP_STUCK("RN-054"),
    /** A handler on the loop has not returned for long. */
    LOOP_BLOCKED("RN-055"),
    /** A handler on a thread of its own has not returned for very long. */
    LANE_BLOCKED("RN-056"),
    /** The others have gone on without this incarnation, and the next one follows. */
    INCARNATION_ENDED("RN-057");

    private final String code;

    ProblemCode(String code) {
        this.code = code;
    }

    /** {@code RN-0xx}. */
    public String code() {
        return code;
    }
}
