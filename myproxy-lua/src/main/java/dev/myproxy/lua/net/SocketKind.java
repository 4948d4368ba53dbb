package dev.myproxy.lua.net;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a socket carries. */
public enum SocketKind {

    /** Bytes: TCP or a Unix socket. */
    STREAM,

    /** Single messages: UDP or a Unix socket. */
    DGRAM,

    /** Messages over a connection: a Unix socket. */
    SEQPACKET;

    /** The kind of that name, such as {@code dgram}. */
    public static Optional<SocketKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name)).findFirst();
    }

    boolean hasMessages() {
        return this != STREAM;
    }
}
