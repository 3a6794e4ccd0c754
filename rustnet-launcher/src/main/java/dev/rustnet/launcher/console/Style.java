package dev.rustnet.launcher.console;

/** Colours of a terminal, or none. */
public enum Style {
    PLAIN,
    COLOUR;

    private static final int BOLD = 1;
    private static final int DIM = 2;
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;
    private static final int FIRST_HUE = 34;
    private static final int HUES = 3;

    public String bold(String text) {
        return coded(BOLD, text);
    }

    /** For what matters less. */
    public String dim(String text) {
        return coded(DIM, text);
    }

    /** For what failed. */
    public String bad(String text) {
        return coded(RED, text);
    }

    /** For what holds. */
    public String good(String text) {
        return coded(GREEN, text);
    }

    /** For what somebody should notice. */
    public String notice(String text) {
        return coded(YELLOW, text);
    }

    /** A colour of its own for the process with this index, as far as there are any. */
    public String process(int index, String text) {
        return coded(FIRST_HUE + index % HUES, text);
    }

    private String coded(int code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
