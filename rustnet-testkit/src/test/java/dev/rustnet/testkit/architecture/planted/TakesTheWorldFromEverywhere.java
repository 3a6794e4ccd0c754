package dev.rustnet.testkit.architecture.planted;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Each way past the context by itself: the name of a method is that of the door it goes through. */
@SuppressWarnings({"JavaUtilDate", "TimeZoneUsage", "JavaTimeDefaultTimeZone"})
final class TakesTheWorldFromEverywhere {
    int identityHashCode(Object object) {
        return System.identityHashCode(object);
    }

    Object instant() {
        return Instant.now();
    }

    Object localTime() {
        return LocalTime.now();
    }

    Object localDate() {
        return LocalDate.now();
    }

    Object offsetDateTime() {
        return OffsetDateTime.now();
    }

    Object year() {
        return Year.now();
    }

    Object date() {
        return new Date();
    }

    Object calendar() {
        return Calendar.getInstance();
    }

    Object systemClock() {
        return Clock.systemUTC();
    }

    Object tickingClock() {
        return Clock.tickSeconds(ZoneId.of("UTC"));
    }

    Object defaultZone() {
        return ZoneId.systemDefault();
    }

    Object parallelStreamOfAList(List<Integer> list) {
        return list.parallelStream();
    }

    Object parallelStream() {
        return IntStream.range(0, 10).parallel();
    }

    void parallelSort(int[] array) {
        Arrays.parallelSort(array);
    }

    double mathRandom() {
        return Math.random();
    }

    Object uuid() {
        return UUID.randomUUID();
    }

    Object unseededRandom() {
        return new SplittableRandom();
    }

    int threadLocalRandom() {
        return ThreadLocalRandom.current().nextInt();
    }

    Object anyRandomGenerator() {
        return RandomGenerator.getDefault();
    }

    void shuffle(List<Integer> list) {
        Collections.shuffle(list);
    }

    Object thread() {
        return new Thread(() -> {});
    }

    Map<Object, Object> orderByIdentity() {
        return new IdentityHashMap<>();
    }

    Map<Object, Object> orderByCollection() {
        return new WeakHashMap<>();
    }

    String environment() {
        return System.getenv("HOME");
    }
}
