package dev.rustnet.core.link;

import dev.rustnet.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Says a thing once per interval, however often it happens, and then how often it was left unsaid. */
public final class QuietLog {
    private static final long INTERVAL_NANOS = 10_000_000_000L;
    private static final int REMEMBERED = 256;
    /** What somebody else has said must not look like another line. */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private static final class Said {
        private long atNanos;
        private long unsaid;
    }

    // Injected
    private final System.Logger log;
    private final Clock clock;

    // State
    private final Map<String, Said> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
            return size() > REMEMBERED;
        }
    };

    public QuietLog(System.Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Says {@code sentence}, unless something was said about {@code subject} within the interval. */
    public void say(System.Logger.Level level, String subject, String sentence) {
        Said before = said.get(subject);
        if (before == null) {
            before = new Said();
            said.put(subject, before);
        } else if (clock.nanos() - before.atNanos < INTERVAL_NANOS) {
            before.unsaid++;
            return;
        }
        String line = NOT_TEXT.matcher(sentence).replaceAll("?");
        log.log(level, before.unsaid == 0 ? line : line + " (and " + before.unsaid + " more like it)");
        before.unsaid = 0;
        before.atNanos = clock.nanos();
    }
}
