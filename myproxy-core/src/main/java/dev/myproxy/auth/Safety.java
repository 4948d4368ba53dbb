package dev.myproxy.auth;

/** Who can read what is sent over a connection. */
public enum Safety {
    /** A Unix socket: nobody, and servers and clients know that. */
    UNIX_SOCKET,
    /** TLS: nobody but the peer. */
    TLS,
    /** TCP within this machine: nobody, but servers and clients take it for a network. */
    LOOPBACK,
    /** TCP: whoever listens. */
    NETWORK;

    /** Whether plugins that encrypt passwords elsewhere send them here as they are: both sides see it alike. */
    public boolean isSecureTransport() {
        return this == UNIX_SOCKET || this == TLS;
    }
}
