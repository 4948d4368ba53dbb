package dev.myproxy.script;

import java.time.Duration;
import java.util.Optional;

/**
 * How to get to a server: the options of {@code client:connect}.
 *
 * @param readOnly       whether a read-only node of a cluster is preferred
 * @param allowCleartext whether the password may go to the server in clear over a network
 * @param connectTimeout how long connecting may take, all servers together, until one has greeted; empty for the default
 * @param link           how the connection begins; where it says nothing, the upstream's holds
 */
public record ConnectOptions(boolean readOnly, boolean allowCleartext, Optional<Duration> connectTimeout,
        ServerLink link) {

    /** What holds where the script says nothing. */
    public static final ConnectOptions DEFAULT = builder().build();

    /** Options that begin with the {@link #DEFAULT defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts options together. One thread at a time. */
    public static final class Builder {

        private boolean readOnly;
        private boolean allowCleartext;
        private Optional<Duration> connectTimeout = Optional.empty();
        private ServerLink link = ServerLink.PLAIN;

        private Builder() {}

        public Builder readOnly(boolean preferred) {
            readOnly = preferred;
            return this;
        }

        public Builder allowCleartext(boolean allowed) {
            allowCleartext = allowed;
            return this;
        }

        public Builder connectTimeout(Duration time) {
            connectTimeout = Optional.of(time);
            return this;
        }

        public Builder link(ServerLink beginning) {
            link = beginning;
            return this;
        }

        public ConnectOptions build() {
            return new ConnectOptions(readOnly, allowCleartext, connectTimeout, link);
        }
    }
}
