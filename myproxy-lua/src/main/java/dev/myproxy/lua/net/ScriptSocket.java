package dev.myproxy.lua.net;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * A connected socket. May be used by every thread; futures are completed by an event loop, and fail with exceptions whose
 * messages are what strerror(3) says, or {@code timeout}.
 */
public interface ScriptSocket {

    /**
     * Sends bytes after those that were sent before: as one message, or as a part of the stream.
     *
     * @param timeout after which the socket is closed, since nobody knows how much of it has gone
     * @return succeeds when the kernel has taken all of them
     */
    Future<Void> send(ByteString bytes, Duration timeout);

    /**
     * Receives bytes. Only one call at a time may wait.
     *
     * @param max     at least 1. Of a stream the rest is kept, of a message it is lost
     * @param timeout after which nothing has changed and the call may be made again
     * @return a message, or what there is of a stream, at least one byte; empty at its end
     */
    Future<Optional<ByteString>> receive(int max, Duration timeout);

    /** Nobody waits for {@link #receive} any more: its future fails, and what arrives is kept for the next call. */
    void cancelReceive();

    /** Closes it; whoever waits for it fails. Does nothing if it is closed. */
    void close();
}
