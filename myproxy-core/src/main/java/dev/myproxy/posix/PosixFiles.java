package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Descriptors, and extended attributes of all name spaces. */
public final class PosixFiles {

    /** XATTR_SIZE_MAX: the kernel has no longer values. */
    private static final int LONGEST_ATTRIBUTE = 64 * 1024;

    private static final MethodHandle CLOSE = CLibrary.link("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle LGETXATTR = CLibrary.link("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS,
            JAVA_LONG);

    private PosixFiles() {}

    /** close(2). */
    public static void close(int descriptor) throws ErrnoException {
        CLibrary.call((_, state) -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /**
     * lgetxattr(2). Blocks as long as the file system does.
     *
     * @param path without NUL bytes; a symbolic link itself, not what it points to
     * @param name with its name space, such as {@code user.color}; without NUL bytes
     * @return the value, at most 64 KiB
     */
    public static byte[] attribute(byte[] path, byte[] name) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment value = memory.allocate(LONGEST_ATTRIBUTE);
            long size = CLibrary.call((arena, state) -> (long) LGETXATTR.invokeExact(state, text(arena, path),
                    text(arena, name), value, (long) LONGEST_ATTRIBUTE));
            return value.asSlice(0, size).toArray(JAVA_BYTE);
        }
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }
}
