package dev.rustnet.core.incarnation;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.bus.Subscription;
import dev.rustnet.core.kernel.Kernel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A service as the application holds it: that of the present incarnation. Its channels last, and so does what was subscribed to with a
 * method that returns a {@link Subscription}: the same call is made again in each incarnation, until the subscription is cancelled.
 */
final class LastingService implements InvocationHandler, Lasting {
    private static final String CHANNEL = "channel";

    // Injected
    private final Incarnations incarnations;
    private final Class<?> type;

    // State
    private volatile Object present;
    private final Map<String, LastingChannel> channels = new ConcurrentHashMap<>();

    private LastingService(Incarnations incarnations, Class<?> type, Kernel kernel) {
        this.incarnations = incarnations;
        this.type = type;
        present = in(kernel);
    }

    /** @throws IllegalArgumentException when {@code type} is no interface */
    static <T> T of(Incarnations incarnations, Class<T> type) {
        LastingService service = incarnations.add(kernel -> new LastingService(incarnations, type, kernel));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, service));
    }

    private Object in(Kernel kernel) {
        return kernel.service(type)
                .orElseThrow(() -> new IllegalStateException(
                        "no component provides " + type.getSimpleName() + " in this incarnation any more"));
    }

    @Override
    public void moveTo(Kernel next) {
        present = in(next);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (present instanceof Broadcast && method.getName().equals(CHANNEL) && arguments != null) {
            Channel channel = channel((String) arguments[0]);
            return arguments.length == 1 ? channel : channel.typed((Class<?>) arguments[1]);
        }
        if (method.getReturnType() == Subscription.class) {
            return LastingSubscription.of(incarnations, kernel -> (Subscription) call(in(kernel), method, arguments));
        }
        return call(present, method, arguments);
    }

    private Channel channel(String name) {
        LastingChannel known = channels.get(name);
        if (known != null) {
            return known;
        }
        LastingChannel opened =
                incarnations.add(kernel -> new LastingChannel(incarnations, kernel, in -> (Broadcast) in(in), name));
        LastingChannel other = channels.putIfAbsent(name, opened);
        if (other == null) {
            return opened;
        }
        incarnations.remove(opened);
        return other;
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> present.toString();
        };
    }

    private static @Nullable Object call(Object service, Method method, Object @Nullable [] arguments) {
        try {
            return method.invoke(service, arguments);
        } catch (InvocationTargetException e) {
            throw unchecked(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called: make its interface public", e);
        }
    }

    /** What the service threw, as it is. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException unchecked(@Nullable Throwable thrown) throws E {
        throw (E) thrown;
    }
}
