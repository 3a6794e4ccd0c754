package dev.rustnet.core.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Records and other classes through Kryo, registration required: bytes of a stranger never name a class. Besides the
 * registered payloads it knows the JDK's plain values and collections.
 *
 * <p>Any thread; a Kryo is used by one thread at a time.
 */
public final class RecordCodec implements PayloadCodec {
    /** Ids below are the codec's own, so that a class added here does not move those of applications. */
    private static final int FIRST_PAYLOAD_ID = 64;

    private static final int INITIAL_OUTPUT = 256;
    private static final List<Class<?>> PLAIN = List.of(
            byte[].class,
            short[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            boolean[].class,
            char[].class,
            String[].class,
            ArrayList.class,
            LinkedHashMap.class,
            HashMap.class,
            TreeMap.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            Optional.class,
            Instant.class,
            Duration.class,
            BigInteger.class,
            BigDecimal.class);

    // Injected
    private final PayloadTable table;
    private final int maxLength;

    // State
    private final ConcurrentLinkedQueue<Kryo> idle = new ConcurrentLinkedQueue<>();

    /** @param maxLength the longest encoded value, in bytes */
    public RecordCodec(PayloadTable table, int maxLength) {
        this.table = table;
        this.maxLength = maxLength;
    }

    @Override
    public void requireRegistered(Class<?> type) {
        boolean open = type.isInterface() || Modifier.isAbstract(type.getModifiers());
        boolean registered = open ? table.types().stream().anyMatch(type::isAssignableFrom) : isKnown(type);
        if (!registered) {
            throw new IllegalArgumentException(notRegistered(type.getName()));
        }
    }

    private boolean isKnown(Class<?> type) {
        Kryo kryo = take();
        boolean known = kryo.getClassResolver().getRegistration(type) != null;
        idle.add(kryo);
        return known;
    }

    private static String notRegistered(String type) {
        return "RN-041 " + type + " is not registered as a payload, and values of unregistered classes are never sent."
                + " Register it with Node.builder(..).payload(\"a-stable-name\", " + type
                + ".class), or in a component's"
                + " descriptor, under the same name at every process.";
    }

    @Override
    public byte[] encode(Object value) {
        Kryo kryo = take();
        try (Output output = new Output(INITIAL_OUTPUT, maxLength)) {
            kryo.writeClassAndObject(output, value);
            idle.add(kryo);
            return output.toBytes();
        } catch (IllegalArgumentException e) {
            throw notEncoded(value, e);
        } catch (KryoException e) {
            throw notEncoded(value, e);
        } catch (StackOverflowError e) {
            throw endless(value);
        }
    }

    private static IllegalArgumentException endless(Object value) {
        return new IllegalArgumentException(
                "a " + value.getClass().getName() + " cannot be encoded: it is nested too deeply, or contains itself");
    }

    private IllegalArgumentException notEncoded(Object value, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof KryoBufferOverflowException) {
                return new IllegalArgumentException("a " + value.getClass().getName()
                        + " takes more bytes than rustnet.node.max-message-size, " + maxLength);
            }
            if (cause instanceof StackOverflowError) {
                return endless(value);
            }
        }
        String message = String.valueOf(e.getMessage());
        String prefix = "Class is not registered: ";
        int at = message.indexOf(prefix);
        if (at >= 0) {
            String type =
                    message.substring(at + prefix.length()).lines().findFirst().orElse("");
            return new IllegalArgumentException(notRegistered(type));
        }
        return new IllegalArgumentException("a " + value.getClass().getName() + " cannot be encoded: " + message, e);
    }

    @Override
    public <T> T decode(Class<T> type, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        Object value = read(type, copy);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "not a " + type.getName() + ", but a " + value.getClass().getName());
        }
        return type.cast(value);
    }

    private Object read(Class<?> type, byte[] bytes) {
        Kryo kryo = take();
        try (BoundedInput input = new BoundedInput(bytes)) {
            Object value = kryo.readClassAndObject(input);
            if (value == null || input.position() != bytes.length) {
                throw new KryoException(
                        value == null ? "nothing at all" : bytes.length - input.position() + " bytes are left over");
            }
            idle.add(kryo);
            return value;
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever a constructor or a serializer makes of a stranger's bytes.
            throw new IllegalArgumentException("not a " + type.getName() + ": " + e.getMessage(), e);
        }
    }

    /** One that failed is not used again: it may hold half of what it did. */
    private Kryo take() {
        Kryo kryo = idle.poll();
        return kryo == null ? create() : kryo;
    }

    private Kryo create() {
        // JDK 24 and newer warn of sun.misc.Unsafe, which Kryo touches unless it is told not to before its first use.
        if (System.getProperty("kryo.unsafe") == null) {
            System.setProperty("kryo.unsafe", "false");
        }
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        PLAIN.forEach(kryo::register);
        kryo.register(UUID.class, new DefaultSerializers.UUIDSerializer());
        ImmutableSerializers.register(kryo);
        int id = FIRST_PAYLOAD_ID;
        for (Class<?> type : table.types()) {
            kryo.register(type, id++);
        }
        return kryo;
    }
}
