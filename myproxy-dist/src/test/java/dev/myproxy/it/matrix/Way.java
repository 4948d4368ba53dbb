package dev.myproxy.it.matrix;

import java.util.Locale;

/** How a client connects. */
enum Way {

    UNIX("Unix socket"),

    /** By TCP, where the other side offers no TLS. */
    TCP("TCP"),

    /** By TCP, with the driver's usual switch for TLS and without a certificate that it knows. */
    TLS("TCP with TLS");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As scripts of clients read it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
