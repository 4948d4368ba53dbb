package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** How fetches get their tasks. */
final class FetchRunner {

    private final LuaState lua;
    private final Executor turn;
    private final LuaFunction guarded;

    /**
     * @param guarded calls its first argument with the others, in a way that always ends; kept
     */
    FetchRunner(LuaState lua, Executor turn, LuaFunction guarded) {
        this.lua = lua;
        this.turn = turn;
        this.guarded = guarded;
    }

    /** The fetch whose function calls us, if one does. */
    Optional<Fetch> caller() {
        return lua.owner().filter(Fetch.class::isInstance).map(Fetch.class::cast);
    }

    /** A fetch on behalf of the caller. */
    Fetch fetch(Consumer<Fetch> whenOver) {
        return new Fetch(lua.owner(), turn, whenOver);
    }

    /**
     * Starts the task of a fetch soon.
     *
     * @param call    a function and its arguments
     * @param started run when {@code call} is not needed any more
     * @param fetched takes the result; those who want to hold it hold it once more
     */
    void start(Fetch fetch, List<LuaValue> call, Runnable started, Consumer<Held> fetched) {
        turn.execute(() -> {
            fetch.start(outcome -> lua.start(fetch, guarded, call, outcome), fetched);
            started.run();
        });
    }
}
