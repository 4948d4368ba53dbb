package dev.myproxy.lua;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What a {@link LuaState} needs to know.
 *
 * @param turn  runs a command in the script's turn: soon, never within the caller, one after the other. An adapter gives
 *              it the continuation of a coroutine whose wait is over
 * @param limit how long a coroutine may compute without waiting; see {@link LuaState}
 */
public record LuaSetup(Executor turn, Duration limit) {

    /** What is usual for {@link #limit()}. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(5);
}
