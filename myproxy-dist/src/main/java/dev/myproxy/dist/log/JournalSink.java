package dev.myproxy.dist.log;

import dev.myproxy.posix.Errno;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.MemoryFile;
import dev.myproxy.posix.MessageSender;
import dev.myproxy.posix.PosixFiles;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The journal, by its socket, with fields. What a datagram can't take goes there as a sealed file in memory.
 *
 * <p>Entries go elsewhere, which says so, while there is no journal; each further entry is tried again. A journal that is there but
 * has no room is waited for, once: after that, until it takes something, entries that find no room are lost at once.
 */
final class JournalSink implements Sink {

    /** Where the journal listens. */
    static final Path SOCKET = Path.of("/run/systemd/journal/socket");

    /** How long a journal that has no room is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final byte[] path;
    private final Duration patience;
    private final Sink fallback;
    private Optional<MessageSender> socket = Optional.empty();
    private boolean waits = true;
    private long elsewhere;

    JournalSink(Path socket, Duration patience, Sink fallback) {
        this.name = socket.toString();
        this.path = name.getBytes(StandardCharsets.UTF_8);
        this.patience = patience;
        this.fallback = fallback;
    }

    @Override
    public boolean write(Entry entry) {
        try {
            send(JournalMessage.of(entry));
        } catch (ErrnoException e) {
            return e.errno() == Errno.EAGAIN ? lose() : writeElsewhere(entry, e);
        }
        waits = true;
        if (elsewhere > 0) {
            tellAgain();
        }
        return true;
    }

    private boolean lose() {
        waits = false;
        return false;
    }

    private boolean writeElsewhere(Entry entry, ErrnoException reason) {
        if (elsewhere++ == 0) {
            fallback.write(note("Failed to write to the journal at " + name + ": " + reason.getMessage()
                    + "; log lines go to stderr until it works"));
        }
        return fallback.write(entry);
    }

    private void tellAgain() {
        long missed = elsewhere;
        elsewhere = 0;
        if (!write(note("The journal takes log lines again; " + missed + " went to stderr"))) {
            elsewhere += missed;
        }
    }

    private static Entry note(String text) {
        return Entry.of(Priority.WARN, ByteString.of(text));
    }

    private void send(byte[] message) throws ErrnoException {
        MessageSender to = socket.isPresent() ? socket.get() : MessageSender.open(patience);
        socket = Optional.of(to);
        try {
            to.send(path, message, waits);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EMSGSIZE && e.errno() != Errno.ENOBUFS) {
                throw e;
            }
            sendFile(to, message);
        }
    }

    private void sendFile(MessageSender to, byte[] message) throws ErrnoException {
        int file = MemoryFile.sealed("myproxy-log", message);
        try {
            to.sendFile(path, file, waits);
        } finally {
            PosixFiles.close(file);
        }
    }

    @Override
    public boolean flush() {
        return fallback.flush();
    }
}
