package dev.myproxy.lua;

/** A function that runs in a coroutine of its own: see {@link LuaState#start}. */
public interface LuaTask {

    /**
     * Drops the coroutine without running any more of it: what it waits for is cancelled, its outcome is never told,
     * {@code coroutine.resume} of it gives {@code false, "cannot resume dead coroutine"}. Does nothing when the task is
     * over. Not to be called by the task itself.
     */
    void cancel();
}
