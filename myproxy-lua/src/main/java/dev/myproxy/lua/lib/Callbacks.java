package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs functions of a script that no client waits for, each in a coroutine of its own and in a turn of its own. */
public final class Callbacks {

    private final LuaState lua;
    private final ScriptErrors errors;
    private final Executor turn;

    /**
     * @param turn as in {@link dev.myproxy.lua.LuaSetup#turn()}
     */
    public Callbacks(LuaState lua, ScriptErrors errors, Executor turn) {
        this.lua = lua;
        this.errors = errors;
        this.turn = turn;
    }

    /**
     * Runs a function soon. May be called on any thread. What the function returns is ignored; an error is logged and
     * counted.
     *
     * @param what     what called the function, for the metric: one of a few fixed words, such as {@code reload}
     * @param function kept
     * @param args     copies, objects or kept references
     * @param ended    run in the script's turn when the function has ended, in either way
     */
    public void run(String what, LuaFunction function, List<LuaValue> args, Runnable ended) {
        run(what, function, args, (LuaOutcome _) -> ended.run());
    }

    /**
     * The same for those who want to know how it has ended.
     *
     * @param ended takes that in the script's turn
     */
    public void run(String what, LuaFunction function, List<LuaValue> args, Consumer<LuaOutcome> ended) {
        turn.execute(() -> lua.start(function, args, outcome -> {
            if (outcome instanceof LuaOutcome.Failed error) {
                errors.report(what, LuaOwner.NOBODY, error);
            }
            ended.accept(outcome);
        }));
    }

    /** As in {@link dev.myproxy.lua.LuaSetup#turn()}. */
    public Executor turn() {
        return turn;
    }
}
