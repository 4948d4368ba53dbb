package dev.myproxy.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Links functions of the C library that return -1 and set errno when they fail. */
final class CLibrary {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int LONGEST_TEXT = 256;
    private static final MethodHandle STRERROR = strerrorFunction();

    /** A call; gets the memory for errno, which goes first among the arguments. */
    @FunctionalInterface
    interface Call {
        /** Calls a linked function and gives its result. */
        long with(Arena arena, MemorySegment state) throws Throwable;
    }

    private CLibrary() {}

    /** A function; callers pass what the C prototypes ask for. */
    @SuppressWarnings("restricted")
    static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /** A function with a variable number of arguments, of which all prototypes have the first ones. */
    @SuppressWarnings("restricted")
    static MethodHandle linkVariadic(String name, int fixedArguments, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixedArguments));
    }

    /**
     * Calls.
     *
     * @return what the function returned, not negative
     */
    static long call(Call call) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.with(arena, state);
            if (result < 0) {
                int errno = (int) ERRNO.get(state, 0L);
                throw new ErrnoException(errno, strerror(errno));
            }
            return result;
        } catch (ErrnoException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle strerrorFunction() {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted")
    static String strerror(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(LONGEST_TEXT).getString(0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
