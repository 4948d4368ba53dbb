package dev.myproxy.backend;

/**
 * A login that came to no decision of the server.
 *
 * @param kind       what it is due to
 * @param greeted    whether the server had sent a greeting: if not, another server may be tried
 * @param message    for the log
 * @param clientText for the client
 */
public record LoginFailure(Kind kind, boolean greeted, String message, String clientText) {

    /** What a failure is due to. */
    public enum Kind {
        /** Not possible with these credentials, or it took too long. */
        IMPOSSIBLE,
        /** The server broke the protocol. */
        MALFORMED,
        /** The server closed the connection, or it broke. */
        CLOSED,
        /** No memory was left here for what the server sends: nothing is known of the server. */
        NO_MEMORY
    }
}
