package dev.myproxy.session.meters;

import java.util.Locale;

/** Why a session ended. The lower-case name is the label in metrics and in the session's last log line. */
public enum DisconnectCause {
    /** The client said COM_QUIT. */
    CLIENT_QUIT,
    /** The client closed the connection without COM_QUIT, or it broke. */
    CLIENT_CLOSED,
    /** The header of the PROXY protocol, which the listener wants, was malformed, or did not come in time. */
    PROXY_HEADER,
    /** A balancer wanted to know whether we are here: it said so, or nothing at all, and closed the connection. */
    PROXY_CHECK,
    /** The client broke the protocol. */
    CLIENT_MALFORMED,
    /** The client did not agree on TLS with us, or sent something else inside it. */
    TLS_FAILED,
    /** The client took too long for its part of the login. */
    LOGIN_TIMEOUT,
    /** The client was idle for longer than the listener's {@code idle_timeout}. */
    IDLE_TIMEOUT,
    /** The client took nothing of what waited for it for longer than the listener's {@code write_timeout}. */
    WRITE_TIMEOUT,
    /** The account had as many sessions as {@code limits} allows. */
    ACCOUNT_LIMIT,
    /** The script refused the client. */
    SCRIPT_REFUSED,
    /** A handler of the script failed. */
    SCRIPT_FAILED,
    /** No connection to the server. */
    CONNECT_FAILED,
    /** The server refused the login, or the connection before the login. */
    SERVER_REFUSED,
    /** The login was not possible with what the script gave or the server asked for. */
    LOGIN_FAILED,
    /** The server broke the protocol. */
    SERVER_MALFORMED,
    /** The server closed the connection, or it broke. */
    SERVER_CLOSED,
    /** The server ended the session because it had been idle, and said so. */
    SERVER_IDLE_TIMEOUT,
    /** No memory was left for what the session receives. */
    NO_MEMORY,
    /** The script's upstream was not ready in time: no server could be chosen. */
    NOT_READY,
    /** The server is not fit any more: its cluster asks to leave it. */
    NODE_UNAVAILABLE,
    /** All sessions of the account were ended by the administrator. */
    ACCOUNT_DISCONNECTED,
    /** This session was ended by the administrator, or by KILL with its id. */
    KILLED,
    /** The daemon is stopping. */
    SHUTDOWN;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in logs and metrics. */
    public String label() {
        return label;
    }
}
