package dev.myproxy.lua.lib.json;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** JSON and the values of one script. */
public final class Json {

    private Optional<JsonArrays> arrays = Optional.empty();

    /** To be called before anything is read. */
    void open(LuaState lua) {
        arrays = Optional.of(new JsonArrays(lua));
    }

    JsonArrays arrays() {
        return arrays.orElseThrow();
    }

    /**
     * Writes an argument.
     *
     * @throws LuaError bad argument, with the place within it, if it has no form in JSON
     */
    public static ByteString write(LuaArgs args, int number) {
        return JsonWriter.write(args.get(number), text -> args.bad(number, text));
    }

    /** Writes an object of values that were members of an argument. */
    public static ByteString write(SortedMap<ByteString, LuaValue> members, LuaArgs args, int number) {
        return JsonWriter.write(members, text -> args.bad(number, text));
    }

    /** The members of an argument, a table that is an object in JSON; may be changed. */
    public static SortedMap<ByteString, LuaValue> members(LuaArgs args, int number) {
        LuaTable table = args.table(number);
        try {
            return switch (Shape.of(table, Integer.MAX_VALUE)) {
                case Shape.Members(SortedMap<ByteString, LuaValue> values) -> values;
                case Shape.Sequence _ -> throw args.bad(number, "names and values expected, got an array");
            };
        } catch (Shape.Misshapen e) {
            throw args.bad(number, "cannot write " + e.getMessage() + " as JSON");
        }
    }

    /**
     * Reads a text.
     *
     * @param nullValue what nulls become; nil lets members vanish, and leaves holes in arrays
     */
    LuaValue read(ByteString text, LuaValue nullValue) throws JsonException {
        Function<List<LuaValue>, LuaValue> array = arrays()::fresh;
        return JsonReader.read(text, nullValue, array);
    }

    /** Reads a text that is an object; empty if it is anything else. Nulls vanish. */
    public Optional<LuaValue.Fresh> readObject(ByteString text) throws JsonException {
        return read(text, LuaValue.nil()) instanceof LuaValue.Fresh fresh && fresh.metatable().isEmpty()
                ? Optional.of(fresh)
                : Optional.empty();
    }
}
