package dev.myproxy.auth;

/** Who can read what is sent to a server. */
public enum Safety {
    /** A Unix socket: nobody, and servers know that. */
    UNIX_SOCKET,
    /** TCP within this machine: nobody, but servers take it for a network. */
    LOOPBACK,
    /** TCP: whoever listens. */
    NETWORK
}
