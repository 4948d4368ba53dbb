package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/** Who this process is. */
public final class PosixUsers {

    private static final MethodHandle GETEUID = CLibrary.link("geteuid", JAVA_INT);

    private PosixUsers() {}

    /** The user that the kernel takes this process for. */
    public static long effectiveUid() {
        try {
            return CLibrary.call((_, state) -> Integer.toUnsignedLong((int) GETEUID.invokeExact(state)));
        } catch (ErrnoException e) {
            throw new IllegalStateException("geteuid(2) does not fail", e);
        }
    }
}
