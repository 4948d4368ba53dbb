package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A table of options, read with an {@link OptionSet}. A value of the wrong type raises a bad argument. */
public final class Options {

    private static final double NANOS = 1e9;

    private final LuaArgs args;
    private final int number;
    private final Map<String, LuaValue> values;
    private final String prefix;

    /** @param prefix what stands before the names of keys in error texts: the key of the table that has this table, and a dot */
    Options(LuaArgs args, int number, Map<String, LuaValue> values, String prefix) {
        this.prefix = prefix;
        this.args = args;
        this.number = number;
        this.values = values;
    }

    /** A boolean. */
    public boolean flag(String key, boolean otherwise) {
        return switch (get(key)) {
            case LuaValue.Nil _ -> otherwise;
            case LuaValue.Bool(boolean flag) -> flag;
            default -> throw bad(key, "true or false");
        };
    }

    /** A string; numbers are taken too. */
    public Optional<ByteString> string(String key) {
        return get(key) instanceof LuaValue.Nil
                ? Optional.empty()
                : Optional.of(LuaNumbers.asString(get(key)).orElseThrow(() -> bad(key, "a string")));
    }

    /** A number within bounds; strings that look like one are not taken. */
    public OptionalDouble number(String key, double min, double max) {
        return switch (get(key)) {
            case LuaValue.Nil _ -> OptionalDouble.empty();
            case LuaValue.Num(double value) when value >= min && value <= max -> OptionalDouble.of(value);
            default -> throw bad(key, "a number from " + LuaNumbers.format(min) + " to " + LuaNumbers.format(max));
        };
    }

    /** A whole number within bounds. */
    public OptionalInt integer(String key, int min, int max) {
        return switch (get(key)) {
            case LuaValue.Nil _ -> OptionalInt.empty();
            case LuaValue.Num(double value) when value >= min && value <= max && value == Math.rint(value) ->
                OptionalInt.of((int) value);
            default -> throw bad(key, "a whole number from " + min + " to " + max);
        };
    }

    /** A time in seconds, with fractions. */
    public Optional<Duration> seconds(String key, Duration min, Duration max) {
        double least = min.toNanos() / NANOS;
        double most = max.toNanos() / NANOS;
        return switch (get(key)) {
            case LuaValue.Nil _ -> Optional.empty();
            case LuaValue.Num(double value) when value >= least && value <= most ->
                Optional.of(Duration.ofNanos(Math.round(value * NANOS)));
            default -> throw bad(key,
                    "seconds from " + LuaNumbers.format(least) + " to " + LuaNumbers.format(most));
        };
    }

    /** A function, valid as long as an argument. */
    public Optional<LuaFunction> function(String key) {
        return switch (get(key)) {
            case LuaValue.Nil _ -> Optional.empty();
            case LuaFunction function -> Optional.of(function);
            default -> throw bad(key, "a function");
        };
    }

    /** A table, valid as long as an argument. */
    public Optional<LuaTable> table(String key) {
        return switch (get(key)) {
            case LuaValue.Nil _ -> Optional.empty();
            case LuaTable table -> Optional.of(table);
            default -> throw bad(key, "a table");
        };
    }

    /** Whatever it is; nil if it is not set. */
    public LuaValue get(String key) {
        return values.getOrDefault(key, LuaValue.nil());
    }

    /** A table of options within this one, empty if it is not set. */
    public Options options(String key, OptionSet keys) {
        return table(key).map(table -> keys.read(args, number, table, prefix + key + "."))
                .orElseGet(() -> keys.none(args, number));
    }

    /** {@code bad argument #… (Bad 'key' value: expected expected)}, to be thrown. */
    public LuaError bad(String key, String expected) {
        return args.bad(number, "Bad '" + prefix + key + "' value: expected " + expected);
    }
}
