package dev.myproxy.script;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Stands for the sockets that the daemon will be started with where it is not the daemon that runs the script: each name has
 * some, until somebody takes them. Belongs to one run of a configuration, on the script's thread.
 */
public final class RehearsedSockets {

    private final Set<Optional<String>> taken = new HashSet<>();

    /**
     * Takes sockets.
     *
     * @throws IOException with the text that the script sees, if nothing can be left of them
     */
    public void take(Where.Systemd where) throws IOException {
        if (taken.contains(Optional.empty()) || !taken.add(where.name())) {
            throw new IOException("No systemd socket" + where.name().map(name -> " \"" + name + "\"").orElse(""));
        }
    }
}
