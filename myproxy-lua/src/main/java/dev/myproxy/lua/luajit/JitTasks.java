package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** The tasks that have not ended, and what the prelude tells about them. */
final class JitTasks {

    /** Takes what a task waited for. */
    @FunctionalInterface
    interface Waker {
        void wake(long task, long token, AsyncResult<List<LuaValue>> result);
    }

    private record Task(LuaOwner owner, Consumer<LuaOutcome> outcome) {}

    private final Map<Long, Task> tasks = new HashMap<>();

    /** Those that have resumed each other, the one that runs last. */
    private final Deque<Long> running = new ArrayDeque<>();

    private final JitWaits waits = new JitWaits();
    private final Waker waker;
    private long last;

    /**
     * @param waker called on any thread
     */
    JitTasks(Waker waker) {
        this.waker = waker;
    }

    JitWaits waits() {
        return waits;
    }

    long add(LuaOwner owner, Consumer<LuaOutcome> outcome) {
        tasks.put(++last, new Task(owner, outcome));
        return last;
    }

    /** From now on this task runs, and no other. */
    void enter(long task) {
        running.clear();
        running.push(task);
    }

    /** From now on no task runs. */
    void leave() {
        running.clear();
    }

    /** The owner of the task that runs. */
    Optional<LuaOwner> owner() {
        return Optional.ofNullable(running.peek()).map(tasks::get).map(Task::owner);
    }

    boolean contains(long task) {
        return tasks.containsKey(task);
    }

    /** Forgets a task and cancels what it waits for; false if it had ended before. */
    boolean cancel(long task) {
        boolean live = tasks.remove(task) != null;
        waits.abandonTask(task);
        return live;
    }

    /** Ends all tasks with an error. */
    void failAll(String message) {
        waits.abandonAll();
        List.copyOf(tasks.keySet()).forEach(task -> end(task, new LuaOutcome.Failed(ByteString.of(message), "")));
    }

    void cancelAll() {
        tasks.clear();
        waits.abandonAll();
    }

    /** What the prelude calls. */
    List<LuaBuiltin> callbacks() {
        return List.of(new LuaBuiltin("waits", this::waiting), new LuaBuiltin("returned", this::returned),
                new LuaBuiltin("failed", this::failed), new LuaBuiltin("abandon", this::abandon),
                new LuaBuiltin("enters", this::enters), new LuaBuiltin("leaves", this::leaves));
    }

    private LuaReply enters(LuaArgs args) {
        running.push(number(args, 1));
        return LuaReply.NOTHING;
    }

    private LuaReply leaves(LuaArgs args) {
        running.poll();
        return LuaReply.NOTHING;
    }

    private LuaReply waiting(LuaArgs args) {
        long task = number(args, 1);
        long token = number(args, 2);
        Optional<LuaReply.Later> later = waits.take(token, task);
        later.ifPresent(reply -> reply.values().onComplete(result -> waker.wake(task, token, result)));
        return LuaReply.NOTHING;
    }

    private LuaReply abandon(LuaArgs args) {
        waits.abandon(number(args, 1));
        return LuaReply.NOTHING;
    }

    private LuaReply returned(LuaArgs args) {
        List<LuaValue> results = args.from(2);
        end(number(args, 1), new LuaOutcome.Returned(results));
        return LuaReply.NOTHING;
    }

    private LuaReply failed(LuaArgs args) {
        end(number(args, 1), new LuaOutcome.Failed(args.string(2), args.string(3).utf8()));
        return LuaReply.NOTHING;
    }

    private void end(long task, LuaOutcome how) {
        Task ended = tasks.remove(task);
        if (ended != null) {
            ended.outcome().accept(how);
        }
    }

    private static long number(LuaArgs args, int index) {
        return (long) args.number(index);
    }

    /** What a result is for the prelude: kind and values. */
    static void unpack(AsyncResult<List<LuaValue>> result, ObjIntConsumer<List<LuaValue>> taker) {
        if (result.succeeded()) {
            taker.accept(result.result(), JitCalls.RESULTS);
        } else {
            LuaError error = LuaError.of(result.cause());
            taker.accept(LuaValue.list(LuaValue.of(error.text())),
                    error.isPositioned() ? JitCalls.POSITIONED_ERROR : JitCalls.ERROR);
        }
    }
}
