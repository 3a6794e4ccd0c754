package dev.rustnet.core.message;

import dev.rustnet.link.Request;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** What the class of a request says its replies are. */
final class ReplyType {
    private ReplyType() {}

    /** The {@code R} of {@code Request<R>}; any object where the class does not say it itself. */
    static Class<?> of(Class<?> request) {
        for (Type each : request.getGenericInterfaces()) {
            if (each instanceof ParameterizedType typed && typed.getRawType() == Request.class) {
                return raw(typed.getActualTypeArguments()[0]);
            }
        }
        return Object.class;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }
}
