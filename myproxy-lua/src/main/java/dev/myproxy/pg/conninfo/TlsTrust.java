package dev.myproxy.pg.conninfo;

import java.nio.file.Path;

/** Whose certificates a server may show. */
public sealed interface TlsTrust {

    /** Any: the connection is encrypted, but nobody knows to whom. */
    record Anyone() implements TlsTrust {}

    /** Those of the authorities in a PEM file. */
    record Roots(Path file) implements TlsTrust {}

    /** Those that the Java runtime trusts. */
    record Machine() implements TlsTrust {}
}
