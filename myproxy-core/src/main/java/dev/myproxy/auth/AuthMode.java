package dev.myproxy.auth;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the clients of a listener prove who they are. */
public enum AuthMode {

    /** They tell us their password, and the script receives it. */
    PASSWORD,
    /** They prove that they know a password of which the script has a hash. */
    HASH,
    /** They have shown a TLS certificate: nothing more is asked of them. */
    CERTIFICATE;

    /** The name in configurations. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode with a name. */
    public static Optional<AuthMode> named(String label) {
        return Stream.of(values()).filter(mode -> mode.label().equals(label)).findFirst();
    }
}
