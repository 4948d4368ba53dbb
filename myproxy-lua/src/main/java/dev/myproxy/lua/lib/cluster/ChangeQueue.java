package dev.myproxy.lua.lib.cluster;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.Callbacks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a function of the script for the changes of a cluster: one call at a time, in order. When too many wait, the oldest
 * ones are left out. Used in the script's turn.
 */
final class ChangeQueue {

    /** How many changes may wait. */
    static final int MAX_WAITING = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(ChangeQueue.class);

    private final Callbacks callbacks;
    private final LuaFunction function;
    private final Deque<LuaValue> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean overrun;
    private boolean closed;

    /**
     * @param function kept
     */
    ChangeQueue(Callbacks callbacks, LuaFunction function) {
        this.callbacks = callbacks;
        this.function = function;
    }

    void add(LuaValue change) {
        if (waiting.size() >= MAX_WAITING) {
            waiting.removeFirst();
            if (!overrun) {
                LOG.warn("{} changes of a cluster wait for a function of the script: the oldest ones are left out",
                        MAX_WAITING);
                overrun = true;
            }
        }
        waiting.addLast(change);
        next();
    }

    private void next() {
        if (!running && !waiting.isEmpty()) {
            running = true;
            callbacks.run("on_change", function, List.of(waiting.removeFirst()), () -> {
                running = false;
                overrun = overrun && !waiting.isEmpty();
                next();
                release();
            });
        }
    }

    /** No more calls; one that runs goes on. */
    void close() {
        closed = true;
        waiting.clear();
        release();
    }

    private void release() {
        if (closed && !running) {
            function.release();
        }
    }
}
