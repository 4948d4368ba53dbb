package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cache as scripts see it. */
final class CacheObject extends LuaObject {

    static final LuaClass<CacheObject> CLASS = new LuaClass<>("myproxy.cache", CacheObject.class)
            .attribute("name", self -> self.cache.settings().name().map(LuaValue::of).orElseGet(LuaValue::nil))
            .method("get", CacheObject::get).method("set", CacheObject::set)
            .method("invalidate", CacheObject::invalidate).method("clear", CacheObject::clear)
            .method("stats", CacheObject::stats).attribute("fetch", self -> self.library.fetch());

    private final Cache cache;
    private final CacheLibrary library;

    CacheObject(Cache cache, CacheLibrary library) {
        this.cache = cache;
        this.library = library;
    }

    Cache cache() {
        return cache;
    }

    /** Reads an argument. */
    static CacheKey key(LuaArgs args, int number) {
        return CacheKey.of(args.get(number)).orElseThrow(() -> args.badType(number, "string, number or boolean"));
    }

    /** Checks that an argument is a function, of the script or of ours. */
    static LuaValue function(LuaArgs args, int number) {
        if (args.get(number) instanceof LuaFunction || args.get(number) instanceof LuaBuiltin) {
            return args.get(number);
        }
        throw args.badType(number, "function");
    }

    private static LuaReply get(CacheObject self, LuaArgs args) {
        args.expectCount(0, 1, "Too many parameters");
        return self.cache.get(key(args, 1)).map(CacheObject::found).orElseGet(() -> LuaReply.of(LuaValue.nil()));
    }

    private static LuaReply found(LuaValue value) {
        return value.isTruthy() ? LuaReply.of(value) : LuaReply.of(value, LuaValue.of(true));
    }

    private static LuaReply set(CacheObject self, LuaArgs args) {
        args.expectCount(0, 3, "Too many parameters");
        CacheKey key = key(args, 1);
        if (args.count() < 2) {
            throw args.badType(2, "value");
        }
        if (args.get(3) instanceof LuaValue.Nil) {
            self.cache.set(key, args.get(2));
        } else {
            self.cache.set(key, args.get(2), CacheSettings.nanos(args, 3));
        }
        return LuaReply.NOTHING;
    }

    private static LuaReply invalidate(CacheObject self, LuaArgs args) {
        args.expectCount(0, 1, "Too many parameters");
        return LuaReply.of(LuaValue.of(self.cache.invalidate(key(args, 1))));
    }

    private static LuaReply clear(CacheObject self, LuaArgs args) {
        args.expectCount(0, 0, "Too many parameters");
        self.cache.clear();
        return LuaReply.NOTHING;
    }

    private static LuaReply stats(CacheObject self, LuaArgs args) {
        args.expectCount(0, 0, "Too many parameters");
        CacheStats stats = self.cache.stats();
        Map<LuaValue, LuaValue> table = new LinkedHashMap<>();
        table.put(LuaValue.of("hits"), LuaValue.of((double) stats.hits()));
        table.put(LuaValue.of("misses"), LuaValue.of((double) stats.misses()));
        table.put(LuaValue.of("fetches"), LuaValue.of((double) stats.fetches()));
        table.put(LuaValue.of("evictions"), LuaValue.of((double) stats.evictions()));
        table.put(LuaValue.of("entries"), LuaValue.of((double) stats.entries()));
        return LuaReply.of(new LuaValue.Fresh(table));
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
