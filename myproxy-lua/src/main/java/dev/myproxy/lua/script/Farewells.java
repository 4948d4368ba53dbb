package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.ClientObject;
import dev.myproxy.lua.lib.SharedGauges;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs {@code on_disconnect} for sessions that are over. Only so many run at a time, since a server that fails ends all of
 * its sessions at once; the others wait, in their order. What would exceed that, too, is dropped and counted.
 */
final class Farewells {

    /** How many may run at a time. */
    static final int MAX_RUNNING = 256;

    /** How many may wait to run. */
    static final int MAX_WAITING = 1 << 14;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A session that is over and whose handler has not been called. */
    private record Waiting(ClientObject client, LuaFunction function, List<LuaValue> args) {}

    private final LuaState state;
    private final ScriptHost host;
    private final Executor turn;
    private final HandlerErrors errors;
    private final Counter dropped;
    private final Runnable uncount;
    private final AtomicInteger pending = new AtomicInteger();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Promise<Void> drained = Promise.promise();
    private int running;
    private boolean draining;
    private long droppedSinceWarning;
    private long lastWarning = System.nanoTime() - SECOND_NANOS;

    Farewells(LuaState state, ScriptHost host, Executor turn, HandlerErrors errors) {
        this.state = state;
        this.host = host;
        this.turn = turn;
        this.errors = errors;
        this.dropped = Counter.builder("myproxy.lua.disconnects.dropped")
                .description("Calls of on_disconnect that were left out, because too many waited")
                .register(host.meters());
        this.uncount = SharedGauges.of(host).add("myproxy.lua.disconnects.pending",
                "Calls of on_disconnect that run or wait to run", pending::get);
    }

    /**
     * Calls the handler now or later.
     *
     * @param client is released when the handler has ended
     */
    void say(ClientObject client, LuaFunction function, ScriptEvent.Disconnect event) {
        Waiting next = new Waiting(client, function,
                List.of(client, LuaValue.of(event.cause()), numbers(event.session())));
        if (running < MAX_RUNNING) {
            run(next);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(next);
        } else {
            client.release();
            drop();
        }
        count();
    }

    /** What the script gets of the session's last log line. */
    private static LuaValue numbers(Map<String, Object> session) {
        Map<LuaValue, LuaValue> table = new LinkedHashMap<>();
        session.forEach((name, value) -> table.put(LuaValue.of(name), switch (value) {
            case Number number -> LuaValue.of(number.doubleValue());
            case ByteString bytes -> LuaValue.of(bytes);
            default -> LuaValue.of(value.toString());
        }));
        return new LuaValue.Fresh(table);
    }

    private void run(Waiting next) {
        running++;
        state.start(next.client, next.function, next.args, outcome -> ended(next.client, outcome));
    }

    private void ended(ClientObject client, LuaOutcome outcome) {
        var _ = errors.decide(Handler.DISCONNECT, client, false, outcome);
        client.release();
        running--;
        if (!waiting.isEmpty()) {
            turn.execute(this::runNext);
        }
        count();
    }

    private void runNext() {
        if (running < MAX_RUNNING && !waiting.isEmpty()) {
            run(waiting.remove());
            count();
        }
    }

    private void count() {
        pending.set(running + waiting.size());
        if (draining && pending.get() == 0) {
            drained.tryComplete();
        }
    }

    /** Says so at most once per second. */
    private void drop() {
        dropped.increment();
        droppedSinceWarning++;
        long now = System.nanoTime();
        if (now - lastWarning >= SECOND_NANOS) {
            host.scriptError("on_disconnect: " + droppedSinceWarning + " calls left out, because " + MAX_RUNNING
                    + " wait and " + MAX_WAITING + " more are to come");
            lastWarning = now;
            droppedSinceWarning = 0;
        }
    }

    /** How many calls run or wait to run. From any thread. */
    int pending() {
        return pending.get();
    }

    /** The script is over: calls that have not ended are counted no more. */
    void close() {
        uncount.run();
    }

    /** Completes, on the script's thread, when no call runs or waits to run. To be called once, in the script's turn. */
    Future<Void> drained() {
        draining = true;
        count();
        return drained.future();
    }
}
