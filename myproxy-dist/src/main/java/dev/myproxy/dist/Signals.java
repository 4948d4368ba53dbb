package dev.myproxy.dist;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, received on a thread of the JVM's.
 *
 * <p>Java has only {@code sun.misc.Signal} for that, in the exported package of module jdk.unsupported. It is reached by
 * reflection because the compiler warns of it in a way that can't be switched off, and warnings are errors here.
 */
final class Signals {

    private Signals() {}

    /** What a signal does. */
    @FunctionalInterface
    interface Action {

        /** The signal with a number, such as 15, was received. */
        void received(int number);
    }

    /**
     * Handles a signal from now on, unless the process was started with it ignored.
     *
     * @param name without SIG, such as {@code TERM}
     */
    static void handle(String name, Action action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            InvocationHandler invocation = (_, method, arguments) -> {
                if (!method.getName().equals("handle")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                action.received((int) number.invoke(arguments[0]));
                return null;
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[]{handler}, invocation);
            signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance(name),
                    proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't handle SIG" + name, e);
        }
    }
}
