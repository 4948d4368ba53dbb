package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaReply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What coroutines wait for, each under a token. A token is made when a builtin answers that its results come later, and
 * given to a task when the task's coroutine is suspended with it; a token that no task took is of no use to anybody.
 */
final class JitWaits {

    private final Map<Long, LuaReply.Later> pending = new HashMap<>();
    private final Map<Long, Long> tokens = new HashMap<>();
    private final Set<Long> fresh = new HashSet<>();
    private long last;

    /** Makes a token. */
    long add(LuaReply.Later later) {
        long token = ++last;
        pending.put(token, later);
        fresh.add(token);
        return token;
    }

    /** Gives a token to a task; empty if the wait was abandoned. */
    Optional<LuaReply.Later> take(long token, long task) {
        fresh.remove(token);
        tokens.put(task, token);
        return Optional.ofNullable(pending.get(token));
    }

    /** Ends the wait of a task; false if the task does not wait for this any more. */
    boolean end(long token, long task) {
        return pending.remove(token) != null && tokens.remove(task, token);
    }

    void abandon(long token) {
        fresh.remove(token);
        LuaReply.Later later = pending.remove(token);
        if (later != null) {
            later.cancel().run();
        }
    }

    /** Abandons what a task waits for, if it does. */
    void abandonTask(long task) {
        Long token = tokens.remove(task);
        if (token != null) {
            abandon(token);
        }
    }

    /** Abandons all tokens that no task took. */
    void abandonFresh() {
        Set.copyOf(fresh).forEach(this::abandon);
    }

    void abandonAll() {
        Set.copyOf(pending.keySet()).forEach(this::abandon);
        tokens.clear();
    }
}
