package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The arguments of one call of a {@link LuaBuiltin}, and the checks of Lua's auxiliary library with its texts. Arguments
 * count from 1. Explicit trailing nils are arguments too.
 */
public final class LuaArgs {

    private final String function;
    private final List<LuaValue> values;

    /**
     * @param function the name in error texts
     */
    public LuaArgs(String function, List<LuaValue> values) {
        this.function = function;
        this.values = values;
    }

    /** The arguments after the first; error texts count from there. */
    public LuaArgs withoutSelf() {
        return new LuaArgs(function, values.subList(1, values.size()));
    }

    /** The arguments from a number on. */
    public List<LuaValue> from(int number) {
        return number > values.size() ? List.of() : values.subList(number - 1, values.size());
    }

    public int count() {
        return values.size();
    }

    /** An argument, nil if there are fewer. */
    public LuaValue get(int number) {
        return number <= values.size() ? values.get(number - 1) : LuaValue.nil();
    }

    /** Raises an error with this text, with a position, if there are fewer or more arguments. */
    public void expectCount(int from, int to, String text) {
        if (values.size() < from || values.size() > to) {
            throw LuaError.positioned(text);
        }
    }

    /** Raises {@code Not enough parameters} or {@code Too many parameters}, with a position. */
    public void expectCount(int from, int to) {
        expectCount(from, Integer.MAX_VALUE, "Not enough parameters");
        expectCount(0, to, "Too many parameters");
    }

    /** {@code bad argument #number to 'function' (text)}, to be thrown. */
    public LuaError bad(int number, String text) {
        return LuaError.positioned("bad argument #" + number + " to '" + function + "' (" + text + ")");
    }

    /** {@code bad argument #number to 'function' (expected expected, got …)}, to be thrown. */
    public LuaError badType(int number, String expected) {
        String got = number <= values.size() ? get(number).typeName() : "no value";
        return bad(number, expected + " expected, got " + got);
    }

    /** A string; numbers are taken too, as Lua prints them. */
    public ByteString string(int number) {
        return LuaNumbers.asString(get(number)).orElseThrow(() -> badType(number, "string"));
    }

    /** A number; strings that look like one are taken too. */
    public double number(int number) {
        return LuaNumbers.asNumber(get(number)).orElseThrow(() -> badType(number, "number"));
    }

    /** A table of the script. */
    public LuaTable table(int number) {
        return table(number, () -> badType(number, "table"));
    }

    /** A table of the script. */
    public LuaTable table(int number, Supplier<LuaError> otherwise) {
        if (get(number) instanceof LuaTable table) {
            return table;
        }
        throw otherwise.get();
    }

    /** An object of a class. */
    public <T extends LuaObject> T object(int number, LuaClass<T> luaClass) {
        Optional<T> object = luaClass.cast(get(number));
        return object.orElseThrow(() -> badType(number, luaClass.name()));
    }
}
