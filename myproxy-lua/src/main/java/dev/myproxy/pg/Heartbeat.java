package dev.myproxy.pg;

import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out whether the server at the other end of a silent connection is still there, which nobody would notice
 * otherwise, least of all who waits for notifications. For one event loop.
 */
final class Heartbeat {

    /** How long an answer may take, usually. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    private final ContextInternal context;
    private final Duration every;
    private final Duration within;

    /**
     * @param every  how long a connection is left alone
     * @param within how long an answer may take
     */
    Heartbeat(ContextInternal context, Duration every, Duration within) {
        this.context = context;
        this.every = every;
        this.within = within;
    }

    /**
     * Watches a connection until it is closed; closes it if the server does not answer in time.
     *
     * @param beat sends something that the server answers, unless something runs already
     */
    void watch(Wire wire, Supplier<Optional<Running>> beat) {
        context.setTimer(every.toMillis(), _ -> {
            if (wire.isOpen()) {
                beat.get().ifPresent(running -> context.setTimer(within.toMillis(), _ -> {
                    if (!running.isOver()) {
                        wire.drop();
                    }
                }));
                watch(wire, beat);
            }
        });
    }
}
