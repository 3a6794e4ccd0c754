package dev.rustnet.launcher.console;

import java.util.Map;

/**
 * Which of the three standard streams lead to a terminal. Java itself cannot tell, so the start script says it in the
 * system property {@code rustnet.terminal}, which holds the numbers of those that do; without it none does.
 *
 * @param input standard input is a keyboard
 * @param output standard output is a screen
 * @param error standard error is a screen
 */
public record Terminal(boolean input, boolean output, boolean error) {
    public static Terminal detect() {
        return of(System.getProperty("rustnet.terminal", ""));
    }

    static Terminal of(String streams) {
        return new Terminal(streams.contains("0"), streams.contains("1"), streams.contains("2"));
    }

    /** How to write to standard output: in colour on a screen, unless NO_COLOR is set. */
    public Style outputStyle(Map<String, String> environment) {
        return style(output, environment);
    }

    /** How to write to standard error. */
    public Style errorStyle(Map<String, String> environment) {
        return style(error, environment);
    }

    private static Style style(boolean screen, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return screen && !refused ? Style.COLOUR : Style.PLAIN;
    }
}
