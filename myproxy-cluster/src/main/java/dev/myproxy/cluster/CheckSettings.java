package dev.myproxy.cluster;

import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.Optional;

/**
 * What the health check of a node does, beyond connecting and waiting for the greeting.
 *
 * @param login            who it logs in as; without one there are no further steps
 * @param readOnly         whether it asks if the server takes writes
 * @param query            a statement whose first column in the first row must be true
 * @param maxLag           how far a replica may be behind
 * @param galera           whether the server must be a synced member of a Galera cluster
 * @param groupReplication whether the server must be an online member of a replication group
 * @param timeout          for the whole check
 */
public record CheckSettings(Optional<Login> login, boolean readOnly, Optional<ByteString> query,
        Optional<Duration> maxLag, boolean galera, boolean groupReplication, Duration timeout) {

    /** How long a check may take unless the script says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Connects and waits for the greeting. */
    public static final CheckSettings GREETING = new CheckSettings(Optional.empty(), false, Optional.empty(),
            Optional.empty(), false, false, DEFAULT_TIMEOUT);

    /** Whether a check finds out which servers take writes. */
    public boolean tellsWrites() {
        return readOnly || groupReplication;
    }

    /**
     * An account of the servers.
     *
     * @param password lives as long as the cluster
     */
    public record Login(ByteString user, Secret password) {}
}
