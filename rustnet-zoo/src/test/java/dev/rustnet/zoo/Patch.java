package dev.rustnet.zoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A unified diff. Line numbers are passed over: what a hunk replaces must stand in its file exactly once, so that a bug says
 * so when the real code has moved on.
 *
 * @param files the hunks of each file, by its path in the project
 */
record Patch(Map<String, List<Hunk>> files) {
    /**
     * @param before lines that are to be found
     * @param after what stands there instead
     */
    record Hunk(String before, String after) {}

    static Patch parse(String diff) {
        Map<String, List<Hunk>> files = new LinkedHashMap<>();
        List<Hunk> hunks = List.of();
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (String line : (diff + "@@").split("\n")) {
            boolean begins = line.startsWith("--- ") || line.startsWith("@@");
            if (begins && before.length() + after.length() > 0) {
                hunks.add(new Hunk(before.toString(), after.toString()));
                before.setLength(0);
                after.setLength(0);
            }
            if (line.startsWith("--- a/")) {
                hunks = files.computeIfAbsent(line.substring("--- a/".length()), path -> new ArrayList<>());
            } else if (!begins && !line.startsWith("+++ ") && !line.startsWith("\\")) {
                String text = (line.isEmpty() ? "" : line.substring(1)) + "\n";
                if (!line.startsWith("+")) {
                    before.append(text);
                }
                if (!line.startsWith("-")) {
                    after.append(text);
                }
            }
        }
        return new Patch(files);
    }

    /**
     * The source with the hunks of that path applied.
     *
     * @throws IllegalArgumentException when a hunk does not fit, in words for whoever changed the source
     */
    String apply(String path, String source) {
        String patched = source;
        for (Hunk hunk : files.get(path)) {
            int at = patched.indexOf(hunk.before);
            if (at < 0 || patched.indexOf(hunk.before, at + 1) >= 0) {
                throw new IllegalArgumentException((at < 0 ? "is not there any more" : "is there more than once")
                        + ", in " + path + ":\n" + hunk.before);
            }
            patched = patched.substring(0, at) + hunk.after + patched.substring(at + hunk.before.length());
        }
        return patched;
    }
}
