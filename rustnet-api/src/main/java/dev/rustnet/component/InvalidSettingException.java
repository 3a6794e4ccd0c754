package dev.rustnet.component;

/** Values of a component's configuration that are valid alone do not go together. The kernel adds file and line. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the key to point at
     * @param sentence what is wrong and how to mend it, such as "must be longer than heartbeat-interval (5s)"
     */
    public InvalidSettingException(String key, String sentence) {
        super(sentence);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
