package dev.myproxy.dist;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;

/**
 * The working directory of the process, changed with chdir(2).
 *
 * <p>The JVM has no function for that. Files that are opened under relative names follow the change, in Java as in native
 * code; {@code Path.toAbsolutePath} does not, it stays with the directory that the JVM started in. Creating an instance
 * links the function, which takes some 60 ms: do it beside other work.
 */
final class WorkingDirectory {

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle chdir;

    // chdir takes a pointer to a string that ends with NUL, which is what it gets.
    @SuppressWarnings("restricted")
    WorkingDirectory() {
        Linker linker = Linker.nativeLinker();
        chdir = linker.downcallHandle(linker.defaultLookup().findOrThrow("chdir"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                Linker.Option.captureCallState("errno"));
    }

    /**
     * Changes it.
     *
     * @throws IOException {@code Failed to change to DIR: reason}
     */
    void change(String directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
            int result = (int) chdir.invokeExact(state, arena.allocateFrom(directory, names));
            if (result != 0) {
                throw new IOException("Failed to change to " + directory + ": " + strerror((int) ERRNO.get(state, 0L)));
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static String strerror(int errno) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror = linker.downcallHandle(linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        return ((MemorySegment) strerror.invokeExact(errno)).reinterpret(256).getString(0);
    }
}
