package dev.myproxy.lua.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of Lua's own libraries, as LuaJIT has them: globals, and the fields of those that are tables. */
public final class StandardLibrary {

    private static final Map<String, Set<String>> NAMES = names();

    private StandardLibrary() {}

    /** Whether Lua itself sets this global. */
    public static boolean has(String global) {
        return NAMES.containsKey(global);
    }

    /** All globals. */
    public static Set<String> globals() {
        return new TreeSet<>(NAMES.keySet());
    }

    /** The fields of a global that is a table with fields of its own. */
    public static Optional<Set<String>> fields(String global) {
        return Optional.ofNullable(NAMES.get(global)).filter(fields -> !fields.isEmpty());
    }

    private static Map<String, Set<String>> names() {
        Map<String, Set<String>> names = new HashMap<>();
        for (String global : words(
                """
                _G _VERSION assert collectgarbage dofile error gcinfo getfenv getmetatable ipairs load
                loadfile loadstring module newproxy next pairs pcall print rawequal rawget rawset
                require select setfenv setmetatable tonumber tostring type unpack xpcall jit package
                """)) {
            names.put(global, Set.of());
        }
        table(names, "bit", "arshift band bnot bor bswap bxor lshift rol ror rshift tobit tohex");
        table(names, "coroutine", "create isyieldable resume running status wrap yield");
        table(names, "debug",
                "debug getfenv gethook getinfo getlocal getmetatable getregistry getupvalue setfenv sethook "
                        + "setlocal setmetatable setupvalue traceback upvalueid upvaluejoin");
        table(names, "io", "close flush input lines open output popen read stderr stdin stdout tmpfile type write");
        table(names, "math",
                "abs acos asin atan atan2 ceil cos cosh deg exp floor fmod frexp huge ldexp log log10 max min "
                        + "modf pi pow rad random randomseed sin sinh sqrt tan tanh");
        table(names, "os", "clock date difftime execute exit getenv remove rename setlocale time tmpname");
        table(names, "string", "byte char dump find format gmatch gsub len lower match rep reverse sub upper");
        table(names, "table", "concat foreach foreachi getn insert maxn move remove sort");
        return names;
    }

    private static void table(Map<String, Set<String>> names, String global, String fields) {
        names.put(global, new TreeSet<>(words(fields)));
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\s+").splitAsStream(text.strip()).toList();
    }
}
