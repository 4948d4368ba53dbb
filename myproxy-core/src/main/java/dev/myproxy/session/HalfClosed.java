package dev.myproxy.session;

import dev.myproxy.transport.SocketState;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that has closed its half of the connection. It may still wait for answers, and it may be gone: TCP tells which only
 * when something is sent to it. Looks each second whether it is gone for certain, or has had enough time. Lives on the session's
 * event loop.
 */
final class HalfClosed {

    private static final long LOOK_SECONDS = 1;

    private final Session session;
    private final BooleanSupplier counts;
    private final Duration limit;
    private final Runnable end;
    private long sinceNanos;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * @param counts whether the time counts at the moment
     * @param limit  how long it may last from the first time that it counts
     * @param end    ends the session
     */
    HalfClosed(Session session, BooleanSupplier counts, Duration limit, Runnable end) {
        this.session = session;
        this.counts = counts;
        this.limit = limit;
        this.end = end;
    }

    /** Whether a client has said that it will send no more. */
    static boolean isHalfClosed(Channel client) {
        return client instanceof DuplexChannel duplex && duplex.isInputShutdown();
    }

    /** Whether something failed because nothing can be written any more, though there may be something to read. */
    static boolean isWriteFailure(Throwable failure) {
        return failure instanceof ChannelOutputShutdownException || failure instanceof ClosedChannelException
                || failure instanceof NotYetConnectedException;
    }

    /** The client has closed its half. */
    void begin() {
        sinceNanos = System.nanoTime();
        look();
    }

    private void look() {
        long now = System.nanoTime();
        if (!counts.getAsBoolean()) {
            sinceNanos = now;
        }
        if (SocketState.isBroken(session.channel()) || now - sinceNanos > limit.toNanos()) {
            end.run();
        } else {
            timer = session.channel().eventLoop().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Nobody needs to know any more. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
