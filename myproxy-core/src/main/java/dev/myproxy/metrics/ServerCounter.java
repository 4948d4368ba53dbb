package dev.myproxy.metrics;

/** What is counted for each server, on each event loop. */
public enum ServerCounter {

    CONNECTS("connects", "Connections to the server that were made"),
    CONNECT_ERRORS("connect_errors", "Connections to the server that could not be made"),
    TLS_OK("tls_ok", "TLS handshakes with the server that succeeded"),
    TLS_ERR("tls_err", "TLS handshakes with the server that came to nothing, or were not offered"),
    RECEIVED_BYTES("received_bytes", "Bytes from the server after the login"),
    PACKETS_RECEIVED("packets_received", "Packets from the server"),
    MALFORMED_PACKETS("malformed_packets", "How often the server broke the protocol"),
    QUERIES("queries", "Statements that the server has answered"),
    QUERY_ERRORS("query_errors", "Statements that the server answered with an error"),
    QUERY_WARNINGS("query_warnings", "Sum of the warnings of statements"),
    NO_GOOD_INDEX_QUERIES("no_good_index_queries", "Statements for which the server found no good index"),
    NO_INDEX_QUERIES("no_index_queries", "Statements for which the server used no index"),
    SLOW_QUERIES("slow_queries", "Statements that the server calls slow"),
    AFFECTED_ROWS("affected_rows", "Sum of the rows that statements affected"),
    /** In nanoseconds, shown in seconds. */
    QUERY_WAIT("query_wait_seconds", "Sum of the times from sending a statement to the last packet of its answer");

    private static final double NANOS = 1e9;

    private final String metric;
    private final String help;

    ServerCounter(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /** The metric with no value yet. */
    Metric.Counter metric() {
        return new Metric.Counter("myproxy_server_" + metric, help);
    }

    /** What a counted number is in the metric's unit. */
    double shown(double counted) {
        return this == QUERY_WAIT ? counted / NANOS : counted;
    }
}
