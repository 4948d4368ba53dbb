package dev.myproxy.session.meters;

import dev.myproxy.metrics.Metric;

/** What is counted for all clients together, on each event loop. */
public enum SessionCounter {

    ACCEPTED("myproxy_connections_accepted", "Client connections that were accepted"),
    REJECTED("myproxy_connections_rejected",
            "client:err results of on_connect, on_handshake_response and on_init_db"),
    OVER_LIMIT("myproxy_connections_over_limit",
            "Clients that were refused because of max_pending_logins, limits, or a lack of descriptors"),
    UNTRUSTED("myproxy_connections_untrusted",
            "Clients that were refused because the listener's proxy_protocol does not trust where they come from"),
    HANDSHAKE_RESPONSES("myproxy_client_handshake_responses", "Logins that clients sent"),
    TLS_OK("myproxy_client_tls_ok", "TLS handshakes with clients that succeeded"),
    TLS_ERR("myproxy_client_tls_err", "TLS handshakes with clients that failed or were not brought to an end"),
    AUTH_OK("myproxy_client_auth_ok", "Logins that a server accepted"),
    AUTH_ERR("myproxy_client_auth_err", "Logins that a server refused"),
    MALFORMED("myproxy_client_malformed_packets", "Sessions that ended because the client broke the protocol"),
    RECEIVED_BYTES("myproxy_client_received_bytes", "Bytes from clients after the login"),
    PACKETS_RECEIVED("myproxy_client_packets_received", "Packets from clients"),
    QUERIES("myproxy_client_queries", "Statements that clients sent");

    private final String metric;
    private final String help;

    SessionCounter(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /** The metric with no value yet. */
    public Metric.Counter metric() {
        return new Metric.Counter(metric, help);
    }
}
