package com.example.hello;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Greets everybody from time to time, and tells of each greeting that it hears. */
public final class HelloComponent implements NetComponent {
    @Override
    public Settings settings() {
        return Settings.none().text("greeting").duration("interval", Duration.ofMillis(10), Duration.ofHours(1));
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("hello")
                .provides(Hello.class)
                .requires(BestEffortBroadcast.class)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        Greeter greeter = new Greeter(context.config().getString("greeting"));
        MoodHeader mood = new MoodHeader();
        context.stamp(mood);

        Channel channel = context.require(BestEffortBroadcast.class).channel("hello");
        channel.onDeliver(delivery -> {
            greeter.heard();
            String felt = delivery.header(mood);
            context.topics()
                    .publish(
                            Hello.GREETED,
                            new Hello.Greeted(delivery.source(), delivery.text(), felt == null ? "" : felt));
        });
        context.timers()
                .every(
                        context.config().getDuration("interval"),
                        // A full window refuses it: the next one will do.
                        () -> channel.tryBroadcast(greeter.next().getBytes(StandardCharsets.UTF_8)));
        context.topics()
                .subscribe(
                        Hello.GREETED,
                        greeted -> context.log()
                                .log(
                                        Level.INFO,
                                        "{0} says {1} and feels {2}",
                                        greeted.by(),
                                        greeted.text(),
                                        greeted.mood()));
        context.provide(Hello.class, greeter);
    }
}
