package dev.myproxy.script;

import dev.myproxy.control.SenderRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a listener that shows the state of the daemon.
 *
 * @param mode  permissions of the file of a Unix socket, 0 to 0777
 * @param allow who may ask; empty for the usual ones: at Unix sockets whoever may connect, by TCP this machine
 * @param hosts names that people may use for it, besides addresses and {@code localhost}; small letters
 */
public record AdminOptions(int mode, Optional<List<SenderRule>> allow, Set<String> hosts) {

    /** For the daemon's own user and root alone. */
    public static final AdminOptions DEFAULT = new AdminOptions(0600, Optional.empty(), Set.of());

    private static final int OTHERS = 0077;

    public AdminOptions {
        if (mode < 0 || mode > 0777) {
            throw new IllegalArgumentException("no mode of a file: " + Integer.toOctalString(mode));
        }
        allow = allow.map(List::copyOf);
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the mode keeps all but the owner of a Unix socket away. */
    public boolean isPrivate() {
        return (mode & OTHERS) == 0;
    }
}
