package dev.myproxy.auth;

import com.goterl.lazysodium.utils.LibraryLoader;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library libsodium: the copy that lazysodium brings, else the machine's own. Loaded when this class is first
 * used, which takes some tenths of a second. Thread-safe.
 */
public final class Libsodium {

    private static final Logger LOG = LoggerFactory.getLogger(Libsodium.class);

    private static final Loaded LOADED = load();

    private Libsodium() {}

    private sealed interface Loaded {
        record Library(NativeLibrary library) implements Loaded {}

        record Failure(String reason) implements Loaded {}
    }

    /** Why libsodium can't be used on this machine; empty if it can. */
    public static Optional<String> unavailable() {
        return LOADED instanceof Loaded.Failure(String reason) ? Optional.of(reason) : Optional.empty();
    }

    /**
     * Links the native methods of a class, which bear libsodium's own names and signatures.
     *
     * @throws IllegalStateException if there is no libsodium
     */
    public static void link(Class<?> natives) {
        switch (LOADED) {
            case Loaded.Library(NativeLibrary library) -> Native.register(natives, library);
            case Loaded.Failure(String reason) ->
                throw new IllegalStateException("libsodium can't be loaded: " + reason);
        }
    }

    private static Loaded load() {
        Loaded bundled = load(Libsodium::bundled);
        return switch (bundled) {
            case Loaded.Library _ -> bundled;
            case Loaded.Failure(String reason) ->
                switch (load(() -> NativeLibrary.getInstance("sodium"))) {
                    case Loaded.Library system -> system;
                    case Loaded.Failure(String other) -> new Loaded.Failure(reason + "; " + other);
                };
        };
    }

    /** Opens a native library. */
    @FunctionalInterface
    private interface Opening {
        NativeLibrary open() throws IOException;
    }

    // LinkageError is what native libraries fail with: a missing file, a wrong machine, a file system without execution.
    private static Loaded load(Opening opening) {
        try {
            NativeLibrary library = opening.open();
            Function init = library.getFunction("sodium_init");
            return init.invokeInt(new Object[0]) < 0
                    ? new Loaded.Failure("sodium_init failed")
                    : new Loaded.Library(library);
        } catch (IOException | LinkageError e) {
            LOG.debug("A libsodium can't be loaded", e);
            return new Loaded.Failure(reason(e));
        }
    }

    private static NativeLibrary bundled() throws IOException {
        String resource = LibraryLoader.getSodiumPathInResources();
        Path copy = Files.createTempFile("libsodium-", ".so");
        try (InputStream in = LibraryLoader.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return NativeLibrary.getInstance(copy.toString());
        } finally {
            // The system keeps what is loaded.
            Files.delete(copy);
        }
    }

    /** Of JNA's messages the second line has the reason; then come all places where it has looked. */
    private static String reason(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().limit(2).map(String::strip)
                .collect(Collectors.joining(" "));
    }
}
