package dev.myproxy.session;

import dev.myproxy.session.meters.DisconnectCause;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The time that a client has for its part of a login, all of its answers together. It runs only while nobody else is waited
 * for, and goes on however many bytes come. Lives on the session's event loop.
 */
final class LoginTimeout {

    private final Session session;
    private long leftNanos;
    private long sinceNanos;
    private Optional<ScheduledFuture<?>> timer = Optional.empty();

    LoginTimeout(Session session) {
        this.session = session;
        renew();
    }

    /** The next login has all of the time. */
    void renew() {
        leftNanos = session.options().loginTimeout().toNanos();
    }

    /** It is the client's turn, perhaps still. */
    void run() {
        run(leftNanos, this::over);
    }

    /**
     * It is the turn of the client's balancer.
     *
     * @param most how much of the time it may take
     * @param over run if it takes longer
     */
    void run(Duration most, Runnable over) {
        run(Math.min(leftNanos, most.toNanos()), over);
    }

    private void run(long nanos, Runnable over) {
        pause();
        sinceNanos = System.nanoTime();
        timer = Optional.of(session.channel().eventLoop().schedule(over, nanos, TimeUnit.NANOSECONDS));
    }

    /** The client has answered, or is gone. */
    void pause() {
        if (timer.isPresent()) {
            timer.get().cancel(false);
            timer = Optional.empty();
            leftNanos = Math.max(leftNanos - (System.nanoTime() - sinceNanos), 0);
        }
    }

    private void over() {
        session.fail(DisconnectCause.LOGIN_TIMEOUT, "Timeout: no answer from client during the login",
                session.side().nextSequenceId(), ClientErrors.LOGIN_TIMEOUT);
    }
}
