package dev.myproxy.script;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.RsaKey;
import dev.myproxy.tls.ClientCertificate;
import dev.myproxy.tls.TlsOffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of a listener, which hold for its clients.
 *
 * @param maxQueryBytes    the longest statement, with its query attributes, that {@code on_query} is called for; longer ones
 *                         are refused
 * @param loginTimeout     how long the proxy waits for a client in the course of one login, all its answers together
 * @param maxPendingLogins how many clients may have connected and not logged in yet; more are refused
 * @param idleTimeout      how long a client may send no command while nothing is under way; empty for ever
 * @param writeTimeout     how long a client may take nothing of what waits for it; empty for ever
 * @param localInfile      whether servers may ask clients for local files
 * @param auth             how clients prove who they are
 * @param allowCleartext   whether clients may send their passwords in clear where others can listen
 * @param rsaKey           what clients encrypt their passwords for where others can listen; empty for the daemon's own
 * @param proxyProtocol    whose headers of the PROXY protocol are believed; nobody else may connect then, and each connection
 *                         begins with a header. Empty for connections without
 * @param serverVersion    what greetings say the server is
 * @param tls              whether clients are offered TLS
 */
public record ListenOptions(int maxQueryBytes, Duration loginTimeout, int maxPendingLogins,
        Optional<Duration> idleTimeout, Optional<Duration> writeTimeout, boolean localInfile,
        AuthMode auth, boolean allowCleartext, Optional<RsaKey> rsaKey, Optional<TrustedProxies> proxyProtocol,
        GreetedVersion serverVersion, TlsOffer tls) {

    /** The smallest {@link #maxQueryBytes}. */
    public static final int MIN_QUERY_BYTES = 1 << 10;

    /** The largest {@link #maxQueryBytes}, which is also the most that servers can be told to take. */
    public static final int MAX_QUERY_BYTES = 1 << 30;

    /** The shortest time that any of the timeouts may have. */
    public static final Duration SHORTEST = Duration.ofMillis(1);

    /** The longest {@link #loginTimeout}. */
    public static final Duration LONGEST_LOGIN = Duration.ofHours(1);

    /** The longest {@link #idleTimeout} and {@link #writeTimeout}. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** The largest {@link #maxPendingLogins}. */
    public static final int MOST_PENDING_LOGINS = 1_000_000;

    /** What holds where the script says nothing. */
    public static final ListenOptions DEFAULT = builder().build();

    public ListenOptions {
        check("max_query_bytes", maxQueryBytes >= MIN_QUERY_BYTES && maxQueryBytes <= MAX_QUERY_BYTES);
        check("login_timeout", isWithin(loginTimeout, LONGEST_LOGIN));
        check("max_pending_logins", maxPendingLogins >= 1 && maxPendingLogins <= MOST_PENDING_LOGINS);
        check("idle_timeout", idleTimeout.map(time -> isWithin(time, LONGEST)).orElse(true));
        check("tls", auth != AuthMode.CERTIFICATE || (tls instanceof TlsOffer.Wanted(var wanted) && wanted.required()
                && wanted.clientCertificate() == ClientCertificate.REQUIRED));
        check("write_timeout", writeTimeout.map(time -> isWithin(time, LONGEST)).orElse(true));
    }

    private static boolean isWithin(Duration time, Duration longest) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(longest) <= 0;
    }

    private static void check(String name, boolean good) {
        if (!good) {
            throw new IllegalArgumentException(name + " out of range");
        }
    }

    /** Options that begin with the {@link #DEFAULT defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Options that begin with these. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxQueryBytes = maxQueryBytes;
        builder.loginTimeout = loginTimeout;
        builder.maxPendingLogins = maxPendingLogins;
        builder.idleTimeout = idleTimeout;
        builder.writeTimeout = writeTimeout;
        builder.localInfile = localInfile;
        builder.auth = auth;
        builder.allowCleartext = allowCleartext;
        builder.rsaKey = rsaKey;
        builder.proxyProtocol = proxyProtocol;
        builder.serverVersion = serverVersion;
        builder.tls = tls;
        return builder;
    }

    /** Puts options together. One thread at a time. */
    public static final class Builder {

        private int maxQueryBytes = 1 << 20;
        private Duration loginTimeout = Duration.ofSeconds(10);
        private int maxPendingLogins = 1024;
        private Optional<Duration> idleTimeout = Optional.empty();
        private Optional<Duration> writeTimeout = Optional.empty();
        private boolean localInfile = true;
        private AuthMode auth = AuthMode.PASSWORD;
        private boolean allowCleartext;
        private Optional<RsaKey> rsaKey = Optional.empty();
        private Optional<TrustedProxies> proxyProtocol = Optional.empty();
        private GreetedVersion serverVersion = new GreetedVersion.Fixed(GreetedVersion.USUAL);
        private TlsOffer tls = TlsOffer.USUAL;

        private Builder() {}

        public Builder maxQueryBytes(int bytes) {
            maxQueryBytes = bytes;
            return this;
        }

        public Builder loginTimeout(Duration time) {
            loginTimeout = time;
            return this;
        }

        public Builder maxPendingLogins(int logins) {
            maxPendingLogins = logins;
            return this;
        }

        public Builder idleTimeout(Duration time) {
            idleTimeout = Optional.of(time);
            return this;
        }

        public Builder writeTimeout(Duration time) {
            writeTimeout = Optional.of(time);
            return this;
        }

        public Builder localInfile(boolean allowed) {
            localInfile = allowed;
            return this;
        }

        public Builder auth(AuthMode mode) {
            auth = mode;
            return this;
        }

        public Builder allowCleartext(boolean allowed) {
            allowCleartext = allowed;
            return this;
        }

        public Builder rsaKey(RsaKey key) {
            rsaKey = Optional.of(key);
            return this;
        }

        public Builder proxyProtocol(TrustedProxies trusted) {
            proxyProtocol = Optional.of(trusted);
            return this;
        }

        public Builder serverVersion(GreetedVersion version) {
            serverVersion = version;
            return this;
        }

        public Builder tls(TlsOffer offer) {
            tls = offer;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public ListenOptions build() {
            return new ListenOptions(maxQueryBytes, loginTimeout, maxPendingLogins, idleTimeout, writeTimeout,
                    localInfile, auth, allowCleartext, rsaKey, proxyProtocol, serverVersion,
                    tls);
        }
    }
}
