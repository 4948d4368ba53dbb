package dev.myproxy.dist.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The stream to the journal that the service manager has made for this process: {@code JOURNAL_STREAM} in systemd.exec(5).
 *
 * @param device of the socket
 * @param inode  of the socket
 */
record JournalStream(long device, long inode) {

    /**
     * Reads the variable.
     *
     * @param variable {@code DEVICE:INODE}, decimal; anything else is none
     */
    static Optional<JournalStream> read(Optional<String> variable) {
        return variable.filter(text -> text.matches("\\d{1,18}:\\d{1,18}")).map(text -> text.split(":"))
                .map(parts -> new JournalStream(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }

    /** Whether a file is this stream. One that can't be looked at is not. */
    boolean is(Path file) {
        try {
            Map<String, Object> facts = Files.readAttributes(file, "unix:dev,ino");
            return facts.get("dev") instanceof Long dev && dev == device && facts.get("ino") instanceof Long ino
                    && ino == inode;
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
