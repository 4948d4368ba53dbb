package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Files that are in memory only, for handing bytes to another process: memfd_create(2). */
public final class MemoryFile {

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;

    /** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW and F_SEAL_WRITE. */
    private static final int ALL_SEALS = 0xf;

    private static final MethodHandle MEMFD_CREATE = CLibrary.link("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle WRITE = CLibrary.link("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle FCNTL = CLibrary.linkVariadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    private MemoryFile() {}

    /**
     * A file that nobody can change any more, so that whoever gets it may map it.
     *
     * @param name for those who look at descriptors; without NUL bytes
     * @return the descriptor, which the caller closes
     */
    public static int sealed(String name, byte[] content) throws ErrnoException {
        int file = (int) CLibrary.call((arena, state) -> (int) MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name),
                MFD_CLOEXEC | MFD_ALLOW_SEALING));
        try {
            write(file, content);
            CLibrary.call((_, state) -> (int) FCNTL.invokeExact(state, file, F_ADD_SEALS, ALL_SEALS));
            return file;
        } catch (ErrnoException | RuntimeException e) {
            PosixFiles.close(file);
            throw e;
        }
    }

    private static void write(int file, byte[] content) throws ErrnoException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment rest = memory.allocateFrom(JAVA_BYTE, content);
            while (rest.byteSize() > 0) {
                MemorySegment bytes = rest;
                rest = rest.asSlice(CLibrary.call(
                        (_, state) -> (long) WRITE.invokeExact(state, file, bytes, bytes.byteSize())));
            }
        }
    }
}
