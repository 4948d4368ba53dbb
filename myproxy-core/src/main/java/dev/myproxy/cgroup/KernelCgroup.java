package dev.myproxy.cgroup;

import dev.myproxy.posix.Errno;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.PosixFiles;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A group that the kernel named. */
final class KernelCgroup implements Cgroup {

    private final CgroupPath path;
    private final Cgroups world;

    KernelCgroup(CgroupPath path, Cgroups world) {
        this.path = path;
        this.world = world;
    }

    @Override
    public ByteString path() {
        return path.bytes();
    }

    @Override
    public Optional<Cgroup> parent() {
        return path.parent().map(parent -> new KernelCgroup(parent, world));
    }

    @Override
    public Future<Optional<ByteString>> attribute(ByteString name) {
        return world.later(() -> read(new String(name.toByteArray(), StandardCharsets.ISO_8859_1)));
    }

    private Optional<ByteString> read(String name) throws IOException {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String directory = world.hierarchy().directory(path).orElseThrow(() -> new IOException(
                "Failed to open " + path.bytes() + ": not in the part of the cgroup hierarchy that is mounted here"));
        String full = name.indexOf('.') < 0 ? "user." + name : name;
        try {
            return Optional.of(ByteString.copyOf(PosixFiles.attribute(directory.getBytes(StandardCharsets.ISO_8859_1),
                    full.getBytes(StandardCharsets.ISO_8859_1))));
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR -> throw new IOException(
                        "Failed to open " + ByteString.copyOf(directory.getBytes(StandardCharsets.ISO_8859_1)) + ": "
                                + e.getMessage(),
                        e);
                default -> Optional.empty();
            };
        }
    }
}
