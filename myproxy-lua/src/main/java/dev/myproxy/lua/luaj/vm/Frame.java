package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.Nullable;

/** A call that is not over, on the stack of a coroutine. */
abstract sealed class Frame permits LuaFrame, GuardFrame, HostFrame {

    /** Who gets the results; absent in the first frame of a coroutine. */
    final @Nullable Frame caller;

    /** How many frames there are up to this one. */
    final int depth;

    Frame(@Nullable Frame caller) {
        this.caller = caller;
        depth = caller == null ? 1 : caller.depth + 1;
    }
}
