package dev.myproxy.lua.lib.cluster;

import dev.myproxy.lua.LuaValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
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

    private final BiConsumer<LuaValue, Runnable> function;
    private final Runnable release;
    private final Deque<LuaValue> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean overrun;
    private boolean closed;

    /**
     * @param function takes a change, and what to run when the call has ended
     * @param release  lets go of the function, when the queue is closed and no call runs any more
     */
    ChangeQueue(BiConsumer<LuaValue, Runnable> function, Runnable release) {
        this.function = function;
        this.release = release;
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
            function.accept(waiting.removeFirst(), () -> {
                running = false;
                overrun = overrun && !waiting.isEmpty();
                next();
                releaseIfIdle();
            });
        }
    }

    /** No more calls; one that runs goes on. */
    void close() {
        closed = true;
        waiting.clear();
        releaseIfIdle();
    }

    private void releaseIfIdle() {
        if (closed && !running) {
            release.run();
        }
    }
}
