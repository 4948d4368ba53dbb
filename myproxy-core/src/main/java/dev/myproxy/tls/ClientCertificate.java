package dev.myproxy.tls;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether clients are asked for a certificate. One that is shown must be valid in any case. */
public enum ClientCertificate {
    /** They are not asked. */
    NONE,
    /** They may have one. */
    OPTIONAL,
    /** The handshake fails without one. */
    REQUIRED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name in configurations. */
    public String text() {
        return text;
    }

    /** The one with a name. */
    public static Optional<ClientCertificate> of(String text) {
        return Stream.of(values()).filter(wish -> wish.text.equals(text)).findFirst();
    }
}
