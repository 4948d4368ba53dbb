package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A descriptor that is kept for the moment when no other one is left: who gives it back can open something else in its place. For
 * one thread.
 */
public final class SpareDescriptor implements AutoCloseable {

    private static final int O_CLOEXEC = 0x80000;
    private static final String NOTHING = "/dev/null";
    private static final int NONE = -1;

    private static final MethodHandle OPEN = CLibrary.linkVariadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);

    private int descriptor = NONE;
    private boolean closed;

    /**
     * Takes one, unless there is one already, or this is closed.
     *
     * @throws ErrnoException EMFILE or ENFILE if none is left; others if there is no {@code /dev/null}
     */
    public void take() throws ErrnoException {
        if (descriptor == NONE && !closed) {
            descriptor = (int) CLibrary.call((arena, state) -> {
                MemorySegment path = arena.allocateFrom(NOTHING);
                return (int) OPEN.invokeExact(state, path, O_CLOEXEC);
            });
        }
    }

    /**
     * Gives it back to the process.
     *
     * @return false if there was none
     */
    public boolean release() throws ErrnoException {
        if (descriptor == NONE) {
            return false;
        }
        int old = descriptor;
        descriptor = NONE;
        PosixFiles.close(old);
        return true;
    }

    @Override
    public void close() throws ErrnoException {
        closed = true;
        release();
    }
}
