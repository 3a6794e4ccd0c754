package com.example.hello;

/** What is said, and how many greetings there were. A plain class: it can be tested without any node. */
final class Greeter implements Hello {
    // Injected
    private final String greeting;

    // State
    private long said;
    private long heard;

    Greeter(String greeting) {
        this.greeting = greeting;
    }

    String next() {
        said++;
        return greeting + " no. " + said;
    }

    void heard() {
        heard++;
    }

    @Override
    public long greetings() {
        return heard;
    }
}
