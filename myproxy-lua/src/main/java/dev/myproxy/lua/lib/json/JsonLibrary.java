package dev.myproxy.lua.lib.json;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.OptionSet;
import java.util.List;

/** {@code json}: Lua values to JSON and back. */
public final class JsonLibrary implements LuaLibrary {

    private static final OptionSet PARSE_OPTIONS = new OptionSet("JsonParseOptions", "null");

    private final Json json;

    public JsonLibrary(Json json) {
        this.json = json;
    }

    @Override
    public void open(LuaState lua) {
        json.open(lua);
        new LuaNamespace("json").function("dump", JsonLibrary::dump).function("parse", this::parse)
                .function("array", this::array).value("null", JsonNull.NULL).open(lua);
    }

    private static LuaReply dump(LuaArgs args) {
        args.expectCount(1, 1);
        return LuaReply.of(LuaValue.of(Json.write(args, 1)));
    }

    private LuaReply parse(LuaArgs args) {
        args.expectCount(1, 2);
        LuaValue nullValue = PARSE_OPTIONS.read(args, 2).get("null");
        try {
            return LuaReply.of(json.read(args.string(1), nullValue));
        } catch (JsonException e) {
            return LuaReply.of(LuaValue.nil(), LuaValue.of(String.valueOf(e.getMessage())));
        }
    }

    private LuaReply array(LuaArgs args) {
        args.expectCount(0, 1);
        if (args.count() == 0) {
            return LuaReply.of(json.arrays().fresh(List.of()));
        }
        json.arrays().mark(args, 1);
        return LuaReply.of(args.get(1));
    }
}
