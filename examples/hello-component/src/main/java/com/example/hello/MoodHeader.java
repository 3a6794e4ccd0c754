package com.example.hello;

import dev.rustnet.broadcast.BroadcastHeader;
import java.nio.ByteBuffer;

/** One byte with every broadcast of this process, through every relay: the mood of its source, which changes each time. */
final class MoodHeader implements BroadcastHeader<String> {
    private static final String[] MOODS = {"fine", "tired", "curious"};

    // State
    private int next;

    @Override
    public String name() {
        return "mood";
    }

    @Override
    public int maxLength() {
        return 1;
    }

    @Override
    public void write(Scope scope, ByteBuffer out) {
        out.put((byte) next);
        next = (next + 1) % MOODS.length;
    }

    @Override
    public String read(Scope scope, ByteBuffer in) {
        // It may come from anybody: a byte that is no mood is none.
        int mood = in.hasRemaining() ? in.get() : -1;
        return mood >= 0 && mood < MOODS.length ? MOODS[mood] : "";
    }
}
