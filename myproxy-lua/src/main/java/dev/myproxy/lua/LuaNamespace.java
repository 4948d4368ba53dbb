package dev.myproxy.lua;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A global table of functions, as most libraries are. */
public final class LuaNamespace {

    private final String name;
    private final Map<String, LuaValue> members = new LinkedHashMap<>();

    /**
     * @param name of the global variable
     */
    public LuaNamespace(String name) {
        this.name = name;
    }

    /** Adds a function that is called as {@code name.function(…)}. */
    public LuaNamespace function(String function, LuaBody body) {
        return value(function, new LuaBuiltin(function, body));
    }

    /**
     * Adds a function that is called as {@code name:method(…)}. The body gets the arguments without the table; in error
     * texts they count without it. Called with a dot it raises {@code call it as name:method(…)}.
     */
    public LuaNamespace method(String method, LuaBody body) {
        return function(method, args -> {
            if (!(args.get(1) instanceof LuaTable)) {
                throw LuaError.positioned("call it as " + name + ":" + method + "(…)");
            }
            return body.call(args.withoutSelf());
        });
    }

    /** Adds anything else. */
    public LuaNamespace value(String key, LuaValue value) {
        members.put(key, value);
        return this;
    }

    /** The names of what was added, sorted. */
    public Set<String> names() {
        return new TreeSet<>(members.keySet());
    }

    /** Sets the global variable. */
    public void open(LuaState lua) {
        Map<LuaValue, LuaValue> entries = new LinkedHashMap<>();
        members.forEach((key, value) -> entries.put(LuaValue.of(key), value));
        lua.setGlobal(name, new LuaValue.Fresh(entries));
    }
}
