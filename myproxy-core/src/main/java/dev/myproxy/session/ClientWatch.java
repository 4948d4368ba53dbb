package dev.myproxy.session;

import dev.myproxy.script.ListenOptions;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.transport.SocketState;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session whose client sends no command for too long ({@code idle_timeout}) or takes nothing of what waits for it
 * ({@code write_timeout}). One timer per session, which looks at marks that each read burst leaves behind. Lives on the
 * session's event loop, as long as a command phase.
 */
final class ClientWatch {

    /** Netty's queue takes each of its entries for so many bytes longer than it is. */
    private static final int ENTRY_BYTES = 96;

    /** How many looks at the queue fall into one write_timeout. */
    private static final int LOOKS = 4;

    private final Session session;
    private final CommandPhase phase;
    private final long idleNanos;
    private final long writeNanos;
    private long activeNanos;
    private boolean waiting;
    private long takenBytes;
    private long takenNanos;
    private @Nullable ScheduledFuture<?> timer;
    private long dueNanos;

    /** @param options 0 stands for times that are not set */
    ClientWatch(Session session, CommandPhase phase, ListenOptions options) {
        this.session = session;
        this.phase = phase;
        this.idleNanos = options.idleTimeout().map(Duration::toNanos).orElse(0L);
        this.writeNanos = options.writeTimeout().map(Duration::toNanos).orElse(0L);
    }

    /** The session is idle from now on. */
    void begin() {
        if (idleNanos > 0) {
            activeNanos = System.nanoTime();
            arm(activeNanos, idleNanos);
        }
    }

    /** Something has passed, and the client's channel is flushed. */
    void passed() {
        if (idleNanos > 0) {
            activeNanos = System.nanoTime();
        }
        if (writeNanos > 0 && !waiting && !session.hasEnded() && queuedBytes() > 0) {
            waiting = true;
            long now = System.nanoTime();
            look(now);
            arm(now, writeNanos / LOOKS);
        }
    }

    /** The command phase is over. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void arm(long now, long delayNanos) {
        long due = now + delayNanos;
        if (timer == null || due - dueNanos < 0) {
            end();
            dueNanos = due;
            timer = session.channel().eventLoop().schedule(this::fired, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void fired() {
        timer = null;
        if (session.hasEnded()) {
            return;
        }
        long now = System.nanoTime();
        if (waiting && !goesOn(now)) {
            session.cut(DisconnectCause.WRITE_TIMEOUT);
            return;
        }
        if (idleNanos > 0) {
            watchIdleness(now);
        }
    }

    /** Looks at the queue; says whether the client may stay. */
    private boolean goesOn(long now) {
        if (queuedBytes() == 0) {
            waiting = false;
            return true;
        }
        if (takenBytes != taken()) {
            look(now);
        } else if (now - takenNanos >= writeNanos) {
            return false;
        }
        arm(now, Math.min(writeNanos / LOOKS, takenNanos + writeNanos - now));
        return true;
    }

    private void look(long now) {
        takenBytes = taken();
        takenNanos = now;
    }

    private void watchIdleness(long now) {
        if (!phase.isIdle()) {
            activeNanos = now;
        }
        long left = activeNanos + idleNanos - now;
        if (left > 0) {
            arm(now, left);
        } else {
            session.refuse(DisconnectCause.IDLE_TIMEOUT, 0, ClientErrors.idle(Duration.ofNanos(idleNanos)));
        }
    }

    /**
     * How much of the server's data the client has taken: it only grows, whatever is written meanwhile. The socket's queue, of
     * megabytes, takes more only when a good part of it is empty, so what is in there counts as not taken.
     */
    private long taken() {
        ChannelOutboundBuffer queue = session.channel().unsafe().outboundBuffer();
        return queue == null
                ? 0
                : phase.sentBytes() - queue.totalPendingWriteBytes() + (long) ENTRY_BYTES * queue.size()
                        + queue.currentProgress() - SocketState.queuedBytes(session.channel());
    }

    private long queuedBytes() {
        ChannelOutboundBuffer queue = session.channel().unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }
}
