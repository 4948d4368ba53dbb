package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The environment variables of this process, some of which may be for it alone. Java's own copy of them never changes, so
 * whoever shows variables or starts programs asks here. Thread-safe.
 */
public final class Environment {

    private static final Set<String> REMOVED = ConcurrentHashMap.newKeySet();

    private Environment() {}

    private static final class Unset {
        static final MethodHandle FUNCTION = CLibrary.link("unsetenv", JAVA_INT, ADDRESS);
    }

    /** The variables that were not removed. */
    public static Map<String, String> variables() {
        Map<String, String> left = new HashMap<>(System.getenv());
        left.keySet().removeAll(REMOVED);
        return left;
    }

    /** The value of a variable that was not removed; empty if there is none. */
    public static Optional<String> variable(String name) {
        return REMOVED.contains(name) ? Optional.empty() : Optional.ofNullable(System.getenv(name));
    }

    /**
     * Removes variables, for native code, too. To be called while the process starts: native code that walks the environment
     * meanwhile may stumble.
     */
    public static void remove(Collection<String> names) throws ErrnoException {
        for (String name : names) {
            if (System.getenv(name) != null && REMOVED.add(name)) {
                CLibrary.call((arena, state) -> (int) Unset.FUNCTION.invokeExact(state, arena.allocateFrom(name)));
            }
        }
    }

    /** Keeps the variables that were removed from a program that is about to be started. */
    public static void apply(ProcessBuilder program) {
        program.environment().keySet().removeAll(REMOVED);
    }
}
