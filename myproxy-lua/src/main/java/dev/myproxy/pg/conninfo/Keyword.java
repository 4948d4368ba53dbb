package dev.myproxy.pg.conninfo;

import dev.myproxy.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of connection strings that libpq has, up to its version 18. */
enum Keyword {
    SERVICE("service", "PGSERVICE"),
    USER("user", "PGUSER"),
    PASSWORD("password", "PGPASSWORD"),
    PASSFILE("passfile", "PGPASSFILE"),
    CHANNEL_BINDING("channel_binding", "PGCHANNELBINDING"),
    CONNECT_TIMEOUT("connect_timeout", "PGCONNECT_TIMEOUT"),
    DBNAME("dbname", "PGDATABASE"),
    HOST("host", "PGHOST"),
    HOSTADDR("hostaddr", "PGHOSTADDR"),
    PORT("port", "PGPORT"),
    CLIENT_ENCODING("client_encoding", "PGCLIENTENCODING"),
    OPTIONS("options", "PGOPTIONS"),
    APPLICATION_NAME("application_name", "PGAPPNAME"),
    FALLBACK_APPLICATION_NAME("fallback_application_name"),
    KEEPALIVES("keepalives"),
    KEEPALIVES_IDLE("keepalives_idle"),
    KEEPALIVES_INTERVAL("keepalives_interval"),
    KEEPALIVES_COUNT("keepalives_count"),
    TCP_USER_TIMEOUT("tcp_user_timeout"),
    SSLMODE("sslmode", "PGSSLMODE"),
    SSLNEGOTIATION("sslnegotiation", "PGSSLNEGOTIATION"),
    SSLCOMPRESSION("sslcompression", "PGSSLCOMPRESSION"),
    SSLCERT("sslcert", "PGSSLCERT"),
    SSLKEY("sslkey", "PGSSLKEY"),
    SSLCERTMODE("sslcertmode", "PGSSLCERTMODE"),
    SSLPASSWORD("sslpassword"),
    SSLROOTCERT("sslrootcert", "PGSSLROOTCERT"),
    SSLCRL("sslcrl", "PGSSLCRL"),
    SSLCRLDIR("sslcrldir", "PGSSLCRLDIR"),
    SSLSNI("sslsni", "PGSSLSNI"),
    SSLKEYLOGFILE("sslkeylogfile"),
    REQUIREPEER("requirepeer", "PGREQUIREPEER"),
    REQUIRE_AUTH("require_auth", "PGREQUIREAUTH"),
    MIN_PROTOCOL_VERSION("min_protocol_version", "PGMINPROTOCOLVERSION"),
    MAX_PROTOCOL_VERSION("max_protocol_version", "PGMAXPROTOCOLVERSION"),
    SSL_MIN_PROTOCOL_VERSION("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
    SSL_MAX_PROTOCOL_VERSION("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
    GSSENCMODE("gssencmode", "PGGSSENCMODE"),
    KRBSRVNAME("krbsrvname", "PGKRBSRVNAME"),
    GSSLIB("gsslib", "PGGSSLIB"),
    GSSDELEGATION("gssdelegation", "PGGSSDELEGATION"),
    REPLICATION("replication"),
    TARGET_SESSION_ATTRS("target_session_attrs", "PGTARGETSESSIONATTRS"),
    LOAD_BALANCE_HOSTS("load_balance_hosts", "PGLOADBALANCEHOSTS"),
    SCRAM_CLIENT_KEY("scram_client_key"),
    SCRAM_SERVER_KEY("scram_server_key"),
    OAUTH_ISSUER("oauth_issuer"),
    OAUTH_CLIENT_ID("oauth_client_id"),
    OAUTH_CLIENT_SECRET("oauth_client_secret"),
    OAUTH_SCOPE("oauth_scope");

    /** What other clients call these, too far from libpq's words to be found by their letters. */
    private static final Map<String, Keyword> ELSEWHERE = Map.of("database", DBNAME, "db", DBNAME, "username", USER,
            "hostname", HOST, "server", HOST, "pass", PASSWORD, "timeout", CONNECT_TIMEOUT, "ssl", SSLMODE, "schema",
            OPTIONS, "search_path", OPTIONS);

    final String text;

    /** The environment variable, if there is one. */
    final Optional<String> variable;

    Keyword(String text) {
        this.text = text;
        this.variable = Optional.empty();
    }

    Keyword(String text, String variable) {
        this.text = text;
        this.variable = Optional.of(variable);
    }

    static Optional<Keyword> of(String text) {
        return Arrays.stream(values()).filter(keyword -> keyword.text.equals(text)).findFirst();
    }

    /** The end of a message about an unknown word; empty if no keyword is near. */
    static String hint(String unknown) {
        String lower = unknown.toLowerCase(Locale.ROOT);
        List<String> known = Arrays.stream(values()).map(keyword -> keyword.text).toList();
        return Optional.ofNullable(ELSEWHERE.get(lower)).map(keyword -> Nearest.hint(keyword.text, known))
                .orElseGet(() -> Nearest.hint(lower, known));
    }
}
