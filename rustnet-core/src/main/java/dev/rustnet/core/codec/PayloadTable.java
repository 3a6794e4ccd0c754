package dev.rustnet.core.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes whose values may be payloads, by names that are the same at every process. What is sent stands for a class
 * by the rank of its name, so that neither jars nor the order of registration matter.
 *
 * @param byName without one class under two names
 */
public record PayloadTable(SortedMap<String, Class<?>> byName) {
    private static final int DIGEST_LENGTH = 12;

    /** Characters that all texts of a hello may take together, and each of them at least. */
    private static final int ALL_TEXTS = 16 * 1024;

    private static final int SHORTEST_TEXT = 32;
    private static final int LONGEST_TEXT = 800;

    public PayloadTable {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** A table of those names and classes. */
    public static PayloadTable of(Map<String, Class<?>> byName) {
        return new PayloadTable(new TreeMap<>(byName));
    }

    /** The classes, in the order of their names. */
    public Collection<Class<?>> types() {
        return byName.values();
    }

    /**
     * What the handshake tells of each payload: {@code payload "acme.order"}, and what stands behind the name, which a person
     * can read. {@link PayloadAgreement} compares it.
     */
    public SortedMap<String, String> agreement() {
        SortedMap<String, String> agreement = new TreeMap<>();
        int room = Math.min(LONGEST_TEXT, Math.max(SHORTEST_TEXT, ALL_TEXTS / Math.max(1, byName.size())));
        byName.forEach((name, type) -> {
            String shape = fields(type);
            String text = type.getName() + shape;
            agreement.put(
                    PayloadAgreement.key(name),
                    digest(shape) + " " + (text.length() <= room ? text : text.substring(0, room) + "..."));
        });
        return agreement;
    }

    private static String fields(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.toString(type.getEnumConstants());
        }
        RecordComponent[] components = type.getRecordComponents();
        Stream<String> fields = components != null
                ? Arrays.stream(components)
                        .map(component -> component.getName() + ": "
                                + component.getGenericType().getTypeName())
                : Arrays.stream(type.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .sorted(Comparator.comparing(Field::getName))
                        .map(field ->
                                field.getName() + ": " + field.getGenericType().getTypeName());
        return fields.collect(Collectors.joining(", ", "(", ")"));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
