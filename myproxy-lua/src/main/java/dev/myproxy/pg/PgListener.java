package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;

/** Takes the notifications of one channel, on the database's event loop. */
public interface PgListener {

    /** A notification. */
    void notified(ByteString payload);

    /**
     * Notifications may have been missed: the connection was lost or could not be made, and is there now; or it is one of
     * several, of which the others may have been used before.
     */
    void missed();

    /** The server refuses to notify. */
    void refused(PgFailure failure);
}
