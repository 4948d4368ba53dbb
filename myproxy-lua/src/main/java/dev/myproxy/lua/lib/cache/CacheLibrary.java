package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.Resource;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The global {@code cache}. */
public final class CacheLibrary implements LuaLibrary {

    /** How many caches may have a name; each has metrics of its own. */
    private static final int MAX_NAMES = 1000;

    private static final Cleaner CLEANER = Cleaner.create();

    private static final LuaBuiltin FETCH = new LuaBuiltin("fetch", CacheLibrary::fetch);

    private final Executor turn;
    private final CacheMeters meters;
    private final LongSupplier clock;
    private final Map<String, CacheObject> named = new HashMap<>();
    private final LoadingFetches loading = new LoadingFetches();
    private Optional<LuaValue> loadingFetch = Optional.empty();
    private Optional<FetchRunner> runner = Optional.empty();

    public CacheLibrary(LibrarySetup setup) {
        turn = setup.callbacks().turn();
        meters = CacheMeters.of(setup.host());
        clock = setup.outside()::nanoTime;
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("cache").method("new", this::create).open(lua);
        lua.run(Resource.of(CacheLibrary.class, "cache.lua"), "=[myproxy]",
                new LuaBuiltin("keep", args -> keep(lua, args)), loading.look(), loading.ended());
    }

    private LuaReply keep(LuaState lua, LuaArgs args) {
        LuaFunction guarded = (LuaFunction) args.get(1);
        LuaFunction fetch = (LuaFunction) args.get(2);
        guarded.keep();
        fetch.keep();
        runner = Optional.of(new FetchRunner(lua, turn, guarded));
        loadingFetch = Optional.of(fetch);
        return LuaReply.NOTHING;
    }

    /** From now on fetches have tasks of their own. */
    @Override
    public void configured(LuaState lua) {
        loadingFetch = Optional.empty();
        loading.end();
    }

    /** What the caches keep went with the script. */
    @Override
    public void close() {
        named.forEach((name, cache) -> meters.remove(name, cache.cache().stats()));
        named.clear();
    }

    /** The method {@code fetch}. */
    LuaValue fetch() {
        return loadingFetch.orElse(FETCH);
    }

    private static LuaReply fetch(LuaArgs all) {
        CacheObject self = all.object(1, CacheObject.CLASS);
        LuaArgs args = all.withoutSelf();
        args.expectCount(0, 2, "Too many parameters");
        CacheKey key = CacheObject.key(args, 1);
        return self.cache().fetch(key, args.get(1), CacheObject.function(args, 2));
    }

    private LuaReply create(LuaArgs args) {
        args.expectCount(0, 1, "Too many parameters");
        CacheSettings settings = CacheSettings.read(args, 1);
        return LuaReply.of(settings.name().map(name -> named(name, settings)).orElseGet(() -> create(settings)));
    }

    /** The cache of this name; it must have been made alike. */
    private CacheObject named(String name, CacheSettings settings) {
        CacheObject existing = named.get(name);
        if (existing != null) {
            if (!existing.cache().settings().equals(settings)) {
                throw LuaError.positioned("there is a cache \"" + name + "\" with other options");
            }
            return existing;
        }
        if (named.size() >= MAX_NAMES) {
            throw LuaError.positioned("more than " + MAX_NAMES + " caches with names");
        }
        CacheObject made = create(settings);
        named.put(name, made);
        meters.add(name, made.cache().stats());
        return made;
    }

    /** One that the script forgets lets go of what it keeps. */
    private CacheObject create(CacheSettings settings) {
        Cache cache = new Cache(settings, runner.orElseThrow(), clock);
        CacheObject made = new CacheObject(cache, this);
        CLEANER.register(made, () -> turn.execute(cache::clear));
        return made;
    }
}
