package dev.rustnet.core.memory;

/** Bytes from outside are not what they should be. Carries no stack trace: it is made for every bad frame. */
public class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
        super(message, null, false, false);
    }
}
