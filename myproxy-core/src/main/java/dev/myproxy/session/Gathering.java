package dev.myproxy.session;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets a long response gather in the server's socket for a moment where it comes in small pieces: servers write 16 KiB at a
 * time, and to be woken for so little, to wake the server and the client, costs several times what copying it does. What has
 * arrived is on its way to the client before each pause.
 *
 * <p>Pauses fall only between the pieces of one response that is long already, so that they are a small part of its time;
 * and only while these pieces come right after each other, so that a pause is over when there is enough to read. Data that
 * comes in larger pieces, because the server is faster than this or the event loop has much to do, is read at once.
 *
 * <p>Lives on the session's event loop, as long as a command phase.
 */
final class Gathering {

    /** How much of a response has to pass before it is long: so much takes milliseconds. */
    static final int LONG_BYTES = 1024 * 1024;

    /** Less is no piece of a response that is sent as fast as possible. */
    static final int LEAST_BYTES = 4 * 1024;

    /** So much is worth being woken for. */
    static final int ENOUGH_BYTES = 64 * 1024;

    /** How long data gathers. Sockets have room for what comes meanwhile: 200 kB, where it comes with 2 GB per second. */
    static final long PAUSE_NANOS = 100_000;

    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final Runnable then;
    private long passedBytes;
    private long passedNanos;
    private long responseBytes;
    private boolean active;

    /** @param then called at the end of each pause */
    Gathering(EventLoop loop, LongSupplier nanoTime, Runnable then) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.then = then;
    }

    /** Whether there is a pause, in which nothing is to be read from the server. */
    boolean isActive() {
        return active;
    }

    /**
     * What one reading brought is on its way to the client: begins a pause if one is due.
     *
     * @param bytes how many have come from the server so far
     * @param idle  whether no response is under way any more
     */
    void passed(long bytes, boolean idle) {
        long piece = bytes - passedBytes;
        passedBytes = bytes;
        responseBytes = idle ? 0 : responseBytes + piece;
        if (responseBytes < LONG_BYTES || active) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (piece >= LEAST_BYTES && piece < ENOUGH_BYTES && now - passedNanos <= PAUSE_NANOS) {
            active = true;
            var _ = loop.schedule(this::over, PAUSE_NANOS, TimeUnit.NANOSECONDS);
        }
        passedNanos = now;
    }

    private void over() {
        active = false;
        passedNanos = nanoTime.getAsLong();
        then.run();
    }
}
