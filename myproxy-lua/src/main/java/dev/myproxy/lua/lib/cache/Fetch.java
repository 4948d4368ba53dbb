package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A function of the script that looks something up, in a task of its own, and those who wait for its result. It belongs to none
 * of them: each may leave, and the last one to leave cancels it.
 */
final class Fetch implements LuaOwner {

    /** How many fetches may have started each other; more is endless recursion. */
    static final int MAX_DEPTH = 100;

    /** One that waits; with the fetch, if the waiting code itself runs in one. */
    private record Waiter(Promise<List<LuaValue>> result, Optional<Fetch> from) {}

    private final Optional<LuaOwner> starter;
    private final Executor turn;
    private final Consumer<Fetch> whenOver;
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private Optional<LuaTask> task = Optional.empty();
    private Optional<Fetch> waitsFor = Optional.empty();
    private boolean valid = true;
    private boolean over;

    /**
     * @param starter  on whose behalf the first caller runs
     * @param whenOver told when this ends in whatever way, in the script's turn
     */
    Fetch(Optional<LuaOwner> starter, Executor turn, Consumer<Fetch> whenOver) {
        this.starter = starter;
        this.turn = turn;
        this.whenOver = whenOver;
    }

    @Override
    public Optional<String> name() {
        return starter.flatMap(LuaOwner::name);
    }

    @Override
    public Map<String, Object> facts() {
        return starter.map(LuaOwner::facts).orElse(Map.of());
    }

    int depth() {
        return starter.isPresent() && starter.get() instanceof Fetch outer ? outer.depth() + 1 : 1;
    }

    /** Whether the result is of no use to those who come later: the key was invalidated meanwhile. */
    boolean isValid() {
        return valid;
    }

    void invalidate() {
        valid = false;
    }

    /** Whether this waits for that fetch, perhaps through others, or is that one. */
    boolean leadsTo(Fetch other) {
        return this == other || waitsFor.filter(next -> next.leadsTo(other)).isPresent();
    }

    /** Waits for the result. */
    LuaReply join(Optional<Fetch> from) {
        Waiter waiter = new Waiter(Promise.promise(), from);
        waiters.add(waiter);
        from.ifPresent(fetch -> fetch.waitsFor = Optional.of(this));
        return new LuaReply.Later(waiter.result.future(), () -> leave(waiter));
    }

    private void leave(Waiter waiter) {
        forget(waiter);
        waiters.remove(waiter);
        if (waiters.isEmpty()) {
            // perhaps Lua is running now; and perhaps somebody comes until then
            turn.execute(this::cancelIfUnused);
        }
    }

    private static void forget(Waiter waiter) {
        waiter.from.ifPresent(fetch -> fetch.waitsFor = Optional.empty());
    }

    private void cancelIfUnused() {
        if (!over && waiters.isEmpty()) {
            end();
            task.ifPresent(LuaTask::cancel);
        }
    }

    private void end() {
        over = true;
        whenOver.accept(this);
    }

    /**
     * Starts the task, in a turn of its own, unless nobody waits any more.
     *
     * @param start gets what takes the outcome
     */
    void start(Function<Consumer<LuaOutcome>, LuaTask> start, Consumer<Held> whenFetched) {
        if (!over) {
            task = Optional.of(start.apply(outcome -> ended(outcome, whenFetched)));
        }
    }

    private void ended(LuaOutcome outcome, Consumer<Held> whenFetched) {
        end();
        switch (outcome) {
            case LuaOutcome.Returned(List<LuaValue> values) -> {
                Held value = new Held(values.isEmpty() ? LuaValue.nil() : values.getFirst());
                whenFetched.accept(value);
                waiters.forEach(waiter -> waiter.result.complete(LuaValue.list(value.value())));
                // their turns come before this one
                turn.execute(value::release);
            }
            case LuaOutcome.Failed(ByteString message, String _) ->
                waiters.forEach(waiter -> waiter.result.fail(LuaError.plain(message)));
        }
        waiters.forEach(Fetch::forget);
        waiters.clear();
    }
}
