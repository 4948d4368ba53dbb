package dev.myproxy.lua.lib;

import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** An option that names a file. Relative names start where the process is while the configuration runs. */
final class FileOption {

    private static final Path HERE = Path.of("/proc/self/cwd");

    private FileOption() {}

    /** Reads one: an absolute path, which means the same file wherever the process goes. */
    static Optional<Path> read(Options options, String key) {
        return options.string(key).map(ByteString::utf8).map(text -> {
            if (text.isEmpty()) {
                throw options.bad(key, "the path of a file");
            }
            try {
                Path path = Path.of(text);
                return path.isAbsolute() ? path : HERE.toRealPath().resolve(path);
            } catch (InvalidPathException | IOException _) {
                throw options.bad(key, "the path of a file");
            }
        });
    }
}
