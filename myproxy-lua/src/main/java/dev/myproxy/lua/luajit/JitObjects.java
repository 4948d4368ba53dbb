package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import java.util.List;

/** The metamethods of all our userdata. */
final class JitObjects {

    private JitObjects() {}

    static List<LuaBuiltin> metamethods() {
        return List.of(
                new LuaBuiltin("index", args -> self(args).luaClass().get(self(args), args.get(2))),
                new LuaBuiltin("newindex", args -> {
                    self(args).luaClass().set(self(args), args.get(2), args.get(3));
                    return LuaReply.NOTHING;
                }),
                new LuaBuiltin("call", args -> self(args).luaClass().call(self(args), args.withoutSelf())),
                new LuaBuiltin("equal", args -> LuaReply.of(LuaValue.of(equal(args.get(1), args.get(2))))),
                new LuaBuiltin("tostring", args -> LuaReply.of(
                        self(args).luaClass().describe(self(args)).map(LuaValue::of).orElseGet(LuaValue::nil))));
    }

    private static LuaObject self(LuaArgs args) {
        if (args.get(1) instanceof LuaObject self) {
            return self;
        }
        throw LuaError.positioned("attempt to index a " + args.get(1).typeName() + " value");
    }

    private static boolean equal(LuaValue one, LuaValue other) {
        return one instanceof LuaObject a && other instanceof LuaObject b && a.luaClass().equal(a, b);
    }
}
