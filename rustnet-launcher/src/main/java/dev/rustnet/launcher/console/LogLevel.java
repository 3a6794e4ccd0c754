package dev.rustnet.launcher.console;

/** What the log shows, each level with those before it. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
