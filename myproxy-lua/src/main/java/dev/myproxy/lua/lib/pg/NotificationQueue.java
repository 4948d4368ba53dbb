package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.Callbacks;
import dev.myproxy.pg.PgFailure;
import dev.myproxy.pg.PgListener;
import dev.myproxy.protocol.ByteString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a function of the script for the notifications of one channel: one call at a time, in order. A payload that
 * waits already is not added again. When too many wait, or some may have been missed, the function is called once with
 * nil in their place. May be used on any thread.
 */
final class NotificationQueue implements PgListener {

    /** How many payloads may wait. */
    static final int MAX_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(NotificationQueue.class);

    private final Callbacks callbacks;
    private final LuaFunction function;
    private final Set<Optional<ByteString>> waiting = new LinkedHashSet<>();
    private boolean running;
    private boolean closed;

    /**
     * @param function kept
     */
    NotificationQueue(Callbacks callbacks, LuaFunction function) {
        this.callbacks = callbacks;
        this.function = function;
    }

    @Override
    public void notified(ByteString payload) {
        add(Optional.of(payload));
    }

    @Override
    public void missed() {
        add(Optional.empty());
    }

    @Override
    public void refused(PgFailure failure) {
        LOG.warn("PostgreSQL refuses to notify: {}", failure.text().strip());
    }

    private synchronized void add(Optional<ByteString> payload) {
        if (closed) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            LOG.warn("{} notifications wait for the script: they are dropped, and the script is told", waiting.size());
            waiting.clear();
            waiting.add(Optional.empty());
        }
        waiting.add(payload);
        next();
    }

    private synchronized void next() {
        if (!running && !waiting.isEmpty() && !closed) {
            Optional<ByteString> payload = waiting.iterator().next();
            waiting.remove(payload);
            running = true;
            LuaValue argument = payload.map(LuaValue::of).orElseGet(LuaValue::nil);
            callbacks.run("notify", function, List.of(argument), this::ended);
        }
    }

    private synchronized void ended() {
        running = false;
        next();
    }

    /** No more calls. In the script's turn. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        if (!running) {
            function.release();
        }
    }
}
