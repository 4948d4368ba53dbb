package dev.myproxy.lua.luajit;

import com.badlogic.gdx.utils.SharedLibraryLoader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicReference;
import party.iroiro.luajava.luajit.LuaJitNatives;

/**
 * LuaJIT's native library, loaded in luajava's place. Luajava would unpack it to a path below the directory for temporary
 * files that everybody can guess, and take what stands there if its checksum is right, whoever wrote it. It has no
 * way to hand it a library, so its private fields are written to, as they are in the version that the build names.
 */
// Loading native code is what this class is for; the JVM is started with the permission for it.
@SuppressWarnings("restricted")
final class LuaJitLibrary {

    private LuaJitLibrary() {}

    /**
     * Loads it: from {@code java.library.path}, where packages have it, else from the jar, by way of a temporary file that is
     * this process's own.
     *
     * @throws UnsatisfiedLinkError if it can't be loaded, or luajava is not the version that this knows
     * @throws UncheckedIOException if it can't be unpacked
     */
    static synchronized void load() {
        try {
            Field loaded = LuaJitNatives.class.getDeclaredField("loaded");
            loaded.setAccessible(true);
            if (loaded.get(null) instanceof AtomicReference<?> path && path.get() == null) {
                String file = new SharedLibraryLoader().mapLibraryName("luajit");
                load(file);
                bind(path, file);
            }
        } catch (ReflectiveOperationException e) {
            throw (UnsatisfiedLinkError) new UnsatisfiedLinkError("luajava is of an unknown version").initCause(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void bind(AtomicReference<?> path, String file) throws ReflectiveOperationException {
        Method bindings = LuaJitNatives.class.getDeclaredMethod("initBindings");
        bindings.setAccessible(true);
        if (!Integer.valueOf(0).equals(bindings.invoke(null))) {
            throw new UnsatisfiedLinkError("luajava can't bind to " + file);
        }
        ((AtomicReference<String>) path).set(file);
    }

    private static void load(String file) throws IOException {
        for (String directory : System.getProperty("java.library.path", "").split(":", -1)) {
            Path library = Path.of(directory, file);
            if (!directory.isEmpty() && Files.isReadable(library)) {
                System.load(library.toAbsolutePath().toString());
                return;
            }
        }
        Path copy = Files.createTempFile("luajit-", ".so");
        try (InputStream in = LuaJitNatives.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new FileNotFoundException(file);
            }
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
        } finally {
            // The system keeps what is loaded.
            Files.delete(copy);
        }
    }
}
