package dev.myproxy.lua.lib.net;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Results for use with {@code assert}: what was asked for, or nil and a message. */
final class Replies {

    private Replies() {}

    /**
     * The result when it is there, or nil and what went wrong.
     *
     * @param cancel as in {@link LuaReply.Later}
     */
    static <T> LuaReply later(Future<T> result, Function<T, LuaValue> value, Runnable cancel) {
        return new LuaReply.Later(result.map(found -> LuaValue.list(value.apply(found))).otherwise(Replies::failure),
                cancel);
    }

    static List<LuaValue> failure(Throwable cause) {
        return LuaValue.list(LuaValue.nil(), LuaValue.of(LuaError.of(cause).text()));
    }
}
