package dev.rustnet.launcher.process;

/** What the command returns to the shell. */
public final class ExitCode {
    /** All went well; also a node that ended because it was asked to. */
    public static final int GOOD = 0;

    /** Something failed while running, or a verdict is that something does not hold. */
    public static final int FAILED = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
