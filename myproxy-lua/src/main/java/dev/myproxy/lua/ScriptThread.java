package dev.myproxy.lua;

import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * A thread with a stack that is large enough for Lua: library functions of LuaJIT that call back (sort, gsub, dofile)
 * nest on the native stack until Lua's own limit of stack slots stops them. That takes up to 9 kB for each of some 5,000
 * levels; with the usual 1 MB of a JVM thread an endless recursion in a script would end the process. Memory is taken
 * only as far as the stack was ever used.
 */
public final class ScriptThread extends FastThreadLocalThread {

    private static final long STACK_BYTES = 128L << 20;

    /** A daemon thread. */
    public ScriptThread(Runnable work, String name) {
        super(null, work, name, STACK_BYTES);
        setDaemon(true);
    }

    /** Whether the caller runs on such a thread. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof ScriptThread;
    }
}
