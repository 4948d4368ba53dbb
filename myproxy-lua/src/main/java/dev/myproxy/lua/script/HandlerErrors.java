package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.ScriptErrors;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import java.util.List;

/** Finds out what a handler decided, and reports what it did wrong. */
final class HandlerErrors {

    private final ScriptErrors errors;

    HandlerErrors(ScriptErrors errors) {
        this.errors = errors;
    }

    /**
     * What the end of a handler means.
     *
     * @param gone whether the client left meanwhile, so that whatever the handler asks of it fails: that is nobody's mistake
     */
    Decision decide(Handler handler, LuaOwner client, boolean gone, LuaOutcome outcome) {
        Decision decision = Decisions.of(handler, outcome);
        switch (outcome) {
            case LuaOutcome.Failed error when gone && error.message().utf8().endsWith("Stale object") -> {
            }
            case LuaOutcome.Failed error -> errors.report(handler.key(), client, error);
            case LuaOutcome.Returned(List<LuaValue> _) when decision instanceof Decision.Failed(String message) ->
                errors.report(handler.key(), client, message);
            case LuaOutcome.Returned _ -> {
            }
        }
        return decision;
    }
}
