package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Handlers;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions that a script gave to a listener, as they were at that moment. */
public final class HandlerTable {

    /** What a handler is for. */
    public enum Event {
        CONNECT("on_connect"), HANDSHAKE_RESPONSE("on_handshake_response"), COMMAND_PHASE("on_command_phase"),
        INIT_DB("on_init_db");

        private final String key;

        Event(String key) {
            this.key = key;
        }

        private static Optional<Event> of(String key) {
            return Stream.of(values()).filter(event -> event.key.equals(key)).findFirst();
        }
    }

    private final Map<Event, LuaFunction> functions = new EnumMap<>(Event.class);

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
            Event event = Event.of(key.utf8()).orElseThrow(() -> args.bad(number, "Unrecognized key"));
            handlers.functions.put(event, function);
        }
        if (handlers.function(Event.HANDSHAKE_RESPONSE).isEmpty()) {
            throw args.bad(number, "No on_handshake_response handler");
        }
        return handlers;
    }

    /** The function for an event, if the script gave one. */
    public Optional<LuaFunction> function(Event event) {
        return Optional.ofNullable(functions.get(event));
    }

    void keep() {
        functions.values().forEach(LuaFunction::keep);
    }

    /** What sessions need to know. */
    Handlers describe(int id) {
        return new Handlers(id, functions.containsKey(Event.CONNECT), functions.containsKey(Event.COMMAND_PHASE),
                functions.containsKey(Event.INIT_DB));
    }
}
