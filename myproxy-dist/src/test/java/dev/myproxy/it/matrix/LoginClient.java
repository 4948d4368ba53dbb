package dev.myproxy.it.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A client program or a driver. */
interface LoginClient {

    /** The beginning of its accounts' names. */
    String key();

    /** What it is called in the manual. */
    String title();

    /** How TLS is switched on, for the manual. */
    String tlsSwitch();

    /** Whether it takes no certificate of TLS but one that it knows, unless it connects to its own machine. */
    boolean verifies();

    /** Where to get it. */
    String source();

    /** Its version, if it is installed. */
    Optional<String> version();

    /** Whether it encrypts its password with the salt of the greeting even if it was given another one since. */
    default boolean keepsFirstSalt() {
        return false;
    }

    /** How it can connect and send users and passwords that are no text; none if it can't. */
    default Set<Way> waysOfBytes() {
        return Set.of();
    }

    /**
     * Tries logins one after the other.
     *
     * @param directory for files
     * @return what came of each
     */
    List<Outcome> logIn(List<Attempt> attempts, Path directory) throws IOException, InterruptedException;
}
