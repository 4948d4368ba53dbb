package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaReference;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One cache: what it keeps, and the fetches that run. A fetch whose key is set, invalidated or cleared meanwhile is not
 * found any more by those who come later, and its result is not kept.
 */
final class Cache {

    private final CacheSettings settings;
    private final FetchRunner runner;
    private final CacheStats stats = new CacheStats();
    private final CacheStore store;
    private final Map<CacheKey, Fetch> running = new HashMap<>();

    /**
     * @param clock nanoseconds since some moment
     */
    Cache(CacheSettings settings, FetchRunner runner, LongSupplier clock) {
        this.settings = settings;
        this.runner = runner;
        store = new CacheStore(settings.size(), clock, stats);
    }

    CacheSettings settings() {
        return settings;
    }

    CacheStats stats() {
        return stats;
    }

    /** What is kept; counts as a hit or a miss. */
    Optional<LuaValue> get(CacheKey key) {
        Optional<LuaValue> found = store.get(key).map(Held::value);
        if (found.isPresent()) {
            stats.hit();
        } else {
            stats.missed();
        }
        return found;
    }

    /** Keeps a value as long as values of its kind are kept. */
    void set(CacheKey key, LuaValue value) {
        set(key, value, ttlNanos(value));
    }

    private long ttlNanos(LuaValue value) {
        return value.isTruthy() ? settings.ttlNanos() : settings.negativeTtlNanos();
    }

    void set(CacheKey key, LuaValue value, long ttlNanos) {
        detach(key);
        store.put(key, new Held(value), ttlNanos);
    }

    /** Whether there was an entry. */
    boolean invalidate(CacheKey key) {
        detach(key);
        return store.remove(key);
    }

    private void detach(CacheKey key) {
        Fetch fetch = running.remove(key);
        if (fetch != null) {
            fetch.invalidate();
        }
    }

    void clear() {
        running.values().forEach(Fetch::invalidate);
        running.clear();
        store.clear();
    }

    /**
     * What is kept, or what a function gives, which is then called once for all that ask until it has ended.
     *
     * @param key      of {@code argument}
     * @param function a function of the script, or a builtin
     * @param argument what the function is called with
     */
    LuaReply fetch(CacheKey key, LuaValue argument, LuaValue function) {
        Optional<LuaValue> found = get(key);
        if (found.isPresent()) {
            return LuaReply.of(found.get());
        }
        Optional<Fetch> caller = runner.caller();
        Fetch fetch = running.get(key);
        if (fetch == null) {
            fetch = begin(key, argument, function);
        } else if (caller.isPresent() && fetch.leadsTo(caller.get())) {
            throw recursive();
        }
        return fetch.join(caller);
    }

    private Fetch begin(CacheKey key, LuaValue argument, LuaValue function) {
        Fetch fetch = reserve(key);
        if (function instanceof LuaFunction own) {
            own.keep();
        }
        runner.start(fetch, List.of(function, argument), () -> {
            if (function instanceof LuaReference reference) {
                reference.release();
            }
        }, value -> fetched(key, fetch, value));
        return fetch;
    }

    /** Begins a fetch that somebody else runs. */
    Fetch reserve(CacheKey key) {
        Fetch fetch = runner.fetch(over -> running.remove(key, over));
        if (fetch.depth() > Fetch.MAX_DEPTH) {
            throw LuaError.positioned("functions of cache:fetch are nested too deep");
        }
        running.put(key, fetch);
        stats.fetched();
        return fetch;
    }

    boolean isRunning(CacheKey key) {
        return running.containsKey(key);
    }

    /** Ends a fetch that was {@linkplain #reserve reserved}; without a value if it failed. */
    void ended(CacheKey key, Fetch fetch, Optional<LuaValue> value) {
        running.remove(key, fetch);
        value.filter(_ -> fetch.isValid()).ifPresent(fetched -> store.put(key, new Held(fetched), ttlNanos(fetched)));
    }

    private void fetched(CacheKey key, Fetch fetch, Held value) {
        if (fetch.isValid()) {
            value.hold();
            store.put(key, value, ttlNanos(value.value()));
        }
    }

    static LuaError recursive() {
        return LuaError.positioned("the function of cache:fetch fetches the key that it is called for");
    }
}
