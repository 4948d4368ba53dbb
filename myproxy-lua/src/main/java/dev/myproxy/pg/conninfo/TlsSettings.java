package dev.myproxy.pg.conninfo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/**
 * How connections are encrypted.
 *
 * @param trust applies in every mode, also where the mode does not demand it, as libpq does when there is a root
 *     certificate
 * @param certificate what to show a server that asks
 * @param revoked a PEM file of revocation lists
 * @param protocols names as Java's TLS has them
 */
public record TlsSettings(TlsMode mode, TlsTrust trust, Optional<Certificate> certificate, Optional<Path> revoked,
        SortedSet<String> protocols) {

    /** A client's certificate with its chain, and its unencrypted key: PEM files. */
    public record Certificate(Path chain, Path key) {}
}
