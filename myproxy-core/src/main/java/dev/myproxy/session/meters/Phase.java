package dev.myproxy.session.meters;

import java.util.Locale;

/** How far a session has come. A session passes the phases in this order. */
public enum Phase {
    /** The balancer's header of the PROXY protocol is awaited, where a listener wants one. */
    PROXY_HEADER,
    /** The script's {@code on_connect} decides whether to greet the client. */
    ACCEPT,
    /** The greeting is sent, the client's handshake response awaited. */
    GREETING,
    /** The script's {@code on_handshake_response} decides. */
    DECISION,
    /** The server is chosen and connected to. */
    CONNECT,
    /** The server's greeting and authentication. */
    LOGIN,
    /** Commands and responses. */
    COMMAND;

    static final int COUNT = values().length;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in logs and metrics. */
    public String label() {
        return label;
    }
}
