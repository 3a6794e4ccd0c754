package dev.rustnet.core.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The collections of {@code List.of} and its like. Kryo's own serializers take memory before they check a length. */
final class ImmutableSerializers {
    private ImmutableSerializers() {}

    /** Registers them; the order is part of the format. */
    static void register(Kryo kryo) {
        Serializer<Collection<?>> lists = new Elements(List::copyOf);
        kryo.register(List.of().getClass(), lists);
        kryo.register(List.of(1).getClass(), lists);
        Serializer<Collection<?>> sets = new Elements(Set::copyOf);
        kryo.register(Set.of().getClass(), sets);
        kryo.register(Set.of(1).getClass(), sets);
        kryo.register(Map.of().getClass(), new Entries());
        kryo.register(Map.of(1, 1).getClass(), new Entries());
    }

    private static final class Elements extends Serializer<Collection<?>> {
        private final Function<Collection<?>, Collection<?>> copy;

        Elements(Function<Collection<?>, Collection<?>> copy) {
            super(false, true);
            this.copy = copy;
        }

        @Override
        public void write(Kryo kryo, Output output, Collection<?> collection) {
            output.writeVarInt(collection.size(), true);
            collection.forEach(element -> kryo.writeClassAndObject(output, element));
        }

        @Override
        public Collection<?> read(Kryo kryo, Input input, Class<? extends Collection<?>> type) {
            List<Object> elements = new ArrayList<>();
            for (int left = input.readVarInt(true); left > 0; left--) {
                elements.add(kryo.readClassAndObject(input));
            }
            return copy.apply(elements);
        }
    }

    private static final class Entries extends Serializer<Map<?, ?>> {
        Entries() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Map<?, ?> map) {
            output.writeVarInt(map.size(), true);
            map.forEach((key, value) -> {
                kryo.writeClassAndObject(output, key);
                kryo.writeClassAndObject(output, value);
            });
        }

        @Override
        public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
            Map<Object, Object> entries = new HashMap<>();
            for (int left = input.readVarInt(true); left > 0; left--) {
                Object key = kryo.readClassAndObject(input);
                entries.put(key, kryo.readClassAndObject(input));
            }
            return Map.copyOf(entries);
        }
    }
}
