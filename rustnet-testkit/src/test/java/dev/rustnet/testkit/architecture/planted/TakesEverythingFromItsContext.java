package dev.rustnet.testkit.architecture.planted;

import dev.rustnet.component.ComponentContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;

/** What looks like a door and is none: a rule that complains of it would be a nuisance. */
@SuppressWarnings("JavaUtilDate")
final class TakesEverythingFromItsContext {
    Object times(ComponentContext context) {
        Instant now = context.clock().now();
        Clock fixed = Clock.fixed(now, ZoneOffset.UTC);
        return List.of(
                new Date(now.toEpochMilli()),
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                Clock.tick(fixed, Duration.ofSeconds(1)));
    }

    int chance(ComponentContext context) {
        return new SplittableRandom(context.random().nextLong()).nextInt();
    }

    long sequentially(List<Integer> list) {
        return list.stream().sequential().count();
    }
}
