package dev.myproxy.session;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Ends a session whose client does not answer a packet of the login in time. */
final class AnswerTimeout {

    private final ScheduledFuture<?> timer;

    /** @param nextSequenceId of the ERR packet that the client gets */
    AnswerTimeout(Session session, int nextSequenceId) {
        timer = session.channel().eventLoop().schedule(
                () -> session.fail(DisconnectCause.LOGIN_TIMEOUT, "Timeout: no answer from client during the login",
                        nextSequenceId, ClientErrors.LOGIN_TIMEOUT),
                session.settings().loginTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The client has answered, or is gone. */
    void stop() {
        timer.cancel(false);
    }
}
