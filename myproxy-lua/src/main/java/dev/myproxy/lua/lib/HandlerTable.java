package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptRun;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions that a script gave to a listener, as they were at that moment. */
public final class HandlerTable {

    private static final OptionSet KEYS = new OptionSet("Handlers",
            Stream.of(Handler.values()).map(Handler::key).toArray(String[]::new));

    private final Map<Handler, LuaFunction> functions = new EnumMap<>(Handler.class);

    private HandlerTable() {}

    /** Reads an argument. */
    static HandlerTable read(LuaArgs args, int number) {
        HandlerTable handlers = new HandlerTable();
        for (LuaTable.Entry entry : args.table(number, () -> args.bad(number, "Not a table")).entries()) {
            if (!(entry.key() instanceof LuaValue.Str(ByteString key))) {
                throw args.bad(number, "Key is not a string");
            }
            if (!(entry.value() instanceof LuaFunction function)) {
                throw args.bad(number, "Value is not a function");
            }
            Handler handler = Handler.of(key.utf8())
                    .orElseThrow(() -> args.bad(number, "Unrecognized key" + KEYS.hint(key.utf8())));
            handlers.functions.put(handler, function);
        }
        if (handlers.function(Handler.HANDSHAKE_RESPONSE).isEmpty()) {
            throw args.bad(number, "No on_handshake_response handler");
        }
        return handlers;
    }

    /** A function, if the script gave it. */
    public Optional<LuaFunction> function(Handler handler) {
        return Optional.ofNullable(functions.get(handler));
    }

    void keep() {
        functions.values().forEach(LuaFunction::keep);
    }

    /** What sessions need to know. */
    Handlers describe(ScriptRun run, int id, ListenOptions options) {
        return new Handlers(run, id, functions.keySet(), options);
    }
}
