package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/** Whom a {@link Link} works for. */
interface LinkOwner {
    /** What is to be executed first on each new connection. */
    Iterable<String> setup();

    /** The connection is set up and free. */
    void ready(Link link);

    /** An attempt failed, or the connection was lost while nothing can take its place soon. */
    void down(Link link, PgFailure failure);

    /** A notification came in. */
    void notified(ByteString channel, ByteString payload);

    /**
     * A statement of {@link #setup()} was executed on a connection, or refused.
     *
     * @return whether the connection is of use
     */
    boolean setUp(String sql, Optional<PgFailure> failure);
}
