package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;

/** Takes the notifications of one channel, on the database's event loop. */
public interface PgListener {

    /** A notification. */
    void notified(ByteString payload);

    /** Notifications may have been missed: the connection was lost, and is there again. */
    void missed();

    /** The server refuses to notify. */
    void refused(PgFailure failure);
}
