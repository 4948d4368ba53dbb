package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/** Flags and copies of open descriptors, with fcntl(2). */
public final class Descriptors {

    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;
    private static final int O_NONBLOCK = 0x800;
    private static final int FIRST_OF_OURS = 3;

    private static final MethodHandle FCNTL = CLibrary.linkVariadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    private Descriptors() {}

    /** Keeps a descriptor from programs that this process starts. */
    public static void closeOnExec(int descriptor) throws ErrnoException {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }

    /**
     * Makes another descriptor of the same open file, which stays when the other one is closed.
     *
     * @return a number that the caller closes; programs that this process starts don't get it
     */
    public static int duplicate(int descriptor) throws ErrnoException {
        return fcntl(descriptor, F_DUPFD_CLOEXEC, FIRST_OF_OURS);
    }

    /** Lets no call wait. That holds for all descriptors of the same open file. */
    public static void dontBlock(int descriptor) throws ErrnoException {
        int flags = fcntl(descriptor, F_GETFL, 0);
        if ((flags & O_NONBLOCK) == 0) {
            fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
        }
    }

    private static int fcntl(int descriptor, int command, int argument) throws ErrnoException {
        return (int) CLibrary.call((_, state) -> (int) FCNTL.invokeExact(state, descriptor, command, argument));
    }
}
