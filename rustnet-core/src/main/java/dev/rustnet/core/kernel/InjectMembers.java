package dev.rustnet.core.kernel;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out, without Guice, whether a class needs it. */
final class InjectMembers {
    private static final Set<String> INJECT = Set.of("jakarta.inject.Inject", "com.google.inject.Inject");

    private InjectMembers() {}

    /** Whether {@code type}, or a class that it extends, has a field or method that is annotated with Inject. */
    static boolean in(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (Stream.concat(Arrays.stream(each.getDeclaredFields()), Arrays.stream(each.getDeclaredMethods()))
                    .anyMatch(InjectMembers::annotated)) {
                return true;
            }
        }
        return false;
    }

    private static boolean annotated(AnnotatedElement member) {
        return Arrays.stream(member.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> INJECT.contains(annotation.getName()));
    }
}
