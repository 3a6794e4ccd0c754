package com.example.hello;

import dev.rustnet.bus.Topic;
import dev.rustnet.group.ProcessId;

/** The service of this component: what other components and applications see of it. */
public interface Hello {
    /** Published on the topic bus for each greeting delivered. */
    Topic<Greeted> GREETED = Topic.of("hello.greeted", Greeted.class);

    /**
     * @param by who greeted
     * @param text what it said
     * @param mood how it felt when it did; empty when it did not say
     */
    record Greeted(ProcessId by, String text, String mood) {}

    /** How many greetings have been delivered, the own ones included. On the loop. */
    long greetings();
}
