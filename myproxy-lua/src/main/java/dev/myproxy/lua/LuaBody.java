package dev.myproxy.lua;

/** What a {@link LuaBuiltin} does when a script calls it. Runs in the script's turn: see {@link LuaState}. */
@FunctionalInterface
public interface LuaBody {

    /**
     * Does what the function does.
     *
     * @param args valid until this method returns
     * @return the results, or the promise of them, for which the calling coroutine is suspended
     * @throws LuaError raised in the script
     */
    LuaReply call(LuaArgs args);
}
