package dev.myproxy.lua.lib.log;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The global {@code env}: the environment variables, to be read. An object rather than a table, so that {@code pairs}, which
 * could not see what a metatable answers, fails loudly instead of finding nothing.
 */
public final class EnvLibrary implements LuaLibrary {

    private static final class Environment extends LuaObject {

        static final LuaClass<Environment> CLASS = new LuaClass<>("env", Environment.class)
                .attribute("names", self -> self.names).otherwise((self, key) -> LuaReply.of(self.get(key)))
                .otherwiseSet((_, _, _) -> {
                    throw LuaError.positioned("env is read-only");
                }).text(_ -> ByteString.of("env"));

        private final Map<String, String> variables;
        private final LuaBuiltin names = new LuaBuiltin("names", this::names);

        Environment(Map<String, String> variables) {
            this.variables = Map.copyOf(variables);
        }

        private LuaValue get(LuaValue key) {
            return LuaNumbers.asString(key).flatMap(name -> Optional.ofNullable(variables.get(name.utf8())))
                    .map(LuaValue::of).orElseGet(LuaValue::nil);
        }

        private LuaReply names(LuaArgs args) {
            args.expectCount(0, 0, "Too many parameters");
            List<LuaValue> sorted = new TreeSet<>(variables.keySet()).stream().map(LuaValue::of).toList();
            return LuaReply.of(new LuaValue.Fresh(sorted));
        }

        @Override
        public LuaClass<?> luaClass() {
            return CLASS;
        }
    }

    private final Environment environment;

    public EnvLibrary(LibrarySetup setup) {
        environment = new Environment(setup.outside().environment());
    }

    @Override
    public void open(LuaState lua) {
        lua.setGlobal("env", environment);
    }
}
