package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches while the configuration loads: the caller itself calls the function, between {@link #look} and {@link #ended}. */
final class LoadingFetches {

    private record Running(Cache cache, CacheKey key, Fetch fetch) {}

    private final Map<Double, Running> running = new HashMap<>();
    private double last;

    /**
     * {@code look(cache, key, function)}: true and what the cache keeps; or false and a token; or nothing, nothing and
     * an error text.
     */
    LuaBuiltin look() {
        return new LuaBuiltin("fetch", args -> {
            try {
                return look(args.object(1, CacheObject.CLASS).cache(), args.withoutSelf());
            } catch (LuaError e) {
                return LuaReply.of(LuaValue.nil(), LuaValue.nil(), LuaValue.of(e.text()));
            }
        });
    }

    private LuaReply look(Cache cache, LuaArgs args) {
        args.expectCount(0, 2, "Too many parameters");
        CacheKey key = CacheObject.key(args, 1);
        CacheObject.function(args, 2);
        Optional<LuaValue> found = cache.get(key);
        if (found.isPresent()) {
            return LuaReply.of(LuaValue.of(true), found.get());
        }
        if (cache.isRunning(key)) {
            throw Cache.recursive();
        }
        running.put(++last, new Running(cache, key, cache.reserve(key)));
        return LuaReply.of(LuaValue.of(false), LuaValue.of(last));
    }

    /** {@code ended(token, ok, value)}. */
    LuaBuiltin ended() {
        return new LuaBuiltin("ended", args -> {
            Running ended = running.remove(args.number(1));
            if (ended != null) {
                Optional<LuaValue> value = Optional.of(args.get(3)).filter(_ -> args.get(2).isTruthy());
                ended.cache.ended(ended.key, ended.fetch, value);
            }
            return LuaReply.NOTHING;
        });
    }

    /** The configuration has loaded: what has not ended until now never will. */
    void end() {
        List.copyOf(running.values()).forEach(left -> left.cache.ended(left.key, left.fetch, Optional.empty()));
        running.clear();
    }
}
