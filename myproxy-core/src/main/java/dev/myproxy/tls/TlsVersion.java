package dev.myproxy.tls;

import java.util.Optional;
import java.util.stream.Stream;

/** A version of TLS that may be spoken; older ones are broken. */
public enum TlsVersion {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** The name that servers have for it in {@code tls_version}, such as {@code TLSv1.3}. */
    public String text() {
        return text;
    }

    /** The version of a name. */
    public static Optional<TlsVersion> of(String text) {
        return Stream.of(values()).filter(version -> version.text.equals(text)).findFirst();
    }
}
