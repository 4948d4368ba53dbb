package dev.myproxy.lua.lib.json;

import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.protocol.ByteString;

/** {@code json.null}: what stands for null where nil can't, in tables. There is only one. */
final class JsonNull extends LuaObject {

    static final JsonNull NULL = new JsonNull();

    private static final LuaClass<JsonNull> CLASS = new LuaClass<>("json.null", JsonNull.class)
            .text(_ -> ByteString.of("null"));

    private JsonNull() {}

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
