package dev.myproxy.session.meters;

import java.util.Locale;

/** Which of a session's two connections is encrypted. The lower-case name is the label in metrics. */
public enum TlsSide {
    /** That of the client. */
    CLIENT,
    /** That to the server. */
    SERVER;

    private final String label = name().toLowerCase(Locale.ROOT);

    String label() {
        return label;
    }
}
