package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value on its way between Java and Lua.
 *
 * <p>{@link Nil}, {@link Bool}, {@link Num}, {@link Str} are copies. {@link LuaTable}, {@link LuaFunction},
 * {@link LuaThread} and {@link LuaForeign} are references to things that live in the engine: see {@link LuaReference}
 * for how long they may be used. {@link LuaObject}, {@link LuaBuiltin} and {@link Fresh} are made in Java.
 */
public sealed interface LuaValue permits LuaValue.Nil, LuaValue.Bool, LuaValue.Num, LuaValue.Str, LuaValue.Fresh,
        LuaReference, LuaObject, LuaBuiltin {

    /** What Lua's {@code type()} says: {@code nil}, {@code string}, {@code userdata} … */
    String typeName();

    /** Nothing. */
    enum Nil implements LuaValue {
        NIL;

        @Override
        public String typeName() {
            return "nil";
        }
    }

    /** A truth value. */
    record Bool(boolean value) implements LuaValue {
        @Override
        public String typeName() {
            return "boolean";
        }
    }

    /** A number; all of Lua 5.1's are doubles. */
    record Num(double value) implements LuaValue {
        @Override
        public String typeName() {
            return "number";
        }
    }

    /** A string of any bytes. */
    record Str(ByteString bytes) implements LuaValue {
        @Override
        public String typeName() {
            return "string";
        }

        /** Quoted, and only its beginning: scripts handle passwords. */
        @Override
        public String toString() {
            return "Str[" + bytes.length() + " bytes]";
        }
    }

    /**
     * A recipe for a new table: Lua gets a table of its own each time this value is passed to it. Java never receives
     * one.
     *
     * @param sequence  the values of the keys 1, 2 …; nil leaves a hole
     * @param entries   the other keys, of which none is nil or NaN; a nil value leaves its key out
     * @param metatable what the new table gets as its metatable
     */
    record Fresh(List<LuaValue> sequence, Map<LuaValue, LuaValue> entries, Optional<LuaTable> metatable)
            implements
                LuaValue {

        /** A table of these entries. */
        public Fresh(Map<LuaValue, LuaValue> entries) {
            this(List.of(), entries, Optional.empty());
        }

        /** A table of these values, from key 1 on. */
        public Fresh(List<LuaValue> sequence) {
            this(sequence, Map.of(), Optional.empty());
        }

        @Override
        public String typeName() {
            return "table";
        }

        /** Without the entries: scripts handle passwords. */
        @Override
        public String toString() {
            return "Fresh[" + (sequence.size() + entries.size()) + " entries]";
        }
    }

    static LuaValue nil() {
        return Nil.NIL;
    }

    static LuaValue of(boolean value) {
        return new Bool(value);
    }

    static LuaValue of(double value) {
        return new Num(value);
    }

    /** The UTF-8 bytes of a text. */
    static LuaValue of(String text) {
        return new Str(ByteString.of(text));
    }

    static LuaValue of(ByteString bytes) {
        return new Str(bytes);
    }

    /** Whether a value that Lua handed over counts as true: all do but nil and false. */
    default boolean isTruthy() {
        return !(this instanceof Nil || (this instanceof Bool(boolean value) && !value));
    }

    /** Shorthand for lists of arguments or results. */
    static List<LuaValue> list(LuaValue... values) {
        return List.of(values);
    }
}
