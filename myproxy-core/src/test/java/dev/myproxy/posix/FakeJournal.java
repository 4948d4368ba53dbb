package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Receives what the journal would: datagrams, and empty ones that come with a file. */
public final class FakeJournal implements AutoCloseable {

    private static final int LARGEST = 256 << 10;
    private static final int CONTROL = 256;
    private static final int SCM_RIGHTS = 1;
    private static final MethodHandle RECVMSG = CLibrary.link("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private final Path path;
    private final MessageSocket socket;

    /** Listens at a path. */
    public FakeJournal(Path path) throws IOException {
        this.path = path;
        this.socket = MessageSocket.unix();
        socket.bind(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The next message, which it waits for. */
    public String receive() {
        return await().atMost(Duration.ofSeconds(30)).until(this::poll, Optional::isPresent).orElseThrow();
    }

    /** The next message, if it is there. */
    public Optional<String> poll() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(LARGEST);
            MemorySegment vector = arena.allocate(ADDRESS, 2);
            vector.setAtIndex(ADDRESS, 0, bytes);
            vector.setAtIndex(JAVA_LONG, 1, LARGEST);
            MemorySegment control = arena.allocate(CONTROL, Long.BYTES);
            MemorySegment header = arena.allocate(56, Long.BYTES);
            header.set(ADDRESS, 16, vector);
            header.set(JAVA_LONG, 24, 1);
            header.set(ADDRESS, 32, control);
            header.set(JAVA_LONG, 40, CONTROL);
            long size = CLibrary
                    .call((_, state) -> (long) RECVMSG.invokeExact(state, socket.descriptor(), header, 0));
            return Optional.of(size == 0
                    ? file(control, header.get(JAVA_LONG, 40))
                    : new String(bytes.asSlice(0, size).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EAGAIN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Reads the file among the control messages, which the kernel aligns to 8 bytes. */
    private static String file(MemorySegment control, long size) throws IOException {
        for (long at = 0; at < size; at += (control.get(JAVA_LONG, at) + 7) & ~7) {
            if (control.get(JAVA_INT, at + 12) == SCM_RIGHTS) {
                int descriptor = control.get(JAVA_INT, at + 16);
                try {
                    return Files.readString(Path.of("/proc/self/fd/" + descriptor));
                } finally {
                    PosixFiles.close(descriptor);
                }
            }
        }
        throw new IOException("an empty datagram without a file");
    }

    /** Ends as the journal does when it is stopped for good. */
    @Override
    public void close() throws IOException {
        socket.close();
        Files.deleteIfExists(path);
    }
}
