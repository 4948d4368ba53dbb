package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.pg.PgFailure;
import dev.myproxy.pg.PgText;
import dev.myproxy.protocol.ByteString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Lua values as PostgreSQL reads them where no type is given: {@code true} is 1, numbers have no exponent, a table is an
 * array, {@code nil} is NULL.
 */
final class ValueText {

    /** Arrays of PostgreSQL have no more dimensions. */
    private static final int MAX_DEPTH = 6;

    private static final int MAX_ELEMENTS = 1_000_000;

    private ValueText() {}

    /**
     * The values of a table from 1 on.
     *
     * @param values empty ones are nil
     * @param exact  whether the table says how many there are, in {@code n}
     */
    record Sequence(List<LuaValue> values, boolean exact) {

        /** Reads a table; other keys than numbers and {@code n} do not matter. */
        static Sequence of(LuaTable table) throws PgFailure {
            TreeMap<Integer, LuaValue> numbered = new TreeMap<>();
            for (LuaTable.Entry entry : table.entries()) {
                if (entry.key() instanceof LuaValue.Num(double key) && key >= 1 && key == Math.rint(key)) {
                    if (key > MAX_ELEMENTS) {
                        throw new PgFailure("more than " + MAX_ELEMENTS + " values");
                    }
                    numbered.put((int) key, entry.value());
                }
            }
            OptionalInt said = said(table);
            int count = said.orElse(numbered.isEmpty() ? 0 : numbered.lastKey());
            List<LuaValue> values = new ArrayList<>(count);
            for (int i = 1; i <= count; i++) {
                values.add(numbered.getOrDefault(i, LuaValue.nil()));
            }
            return new Sequence(values, said.isPresent());
        }

        private static OptionalInt said(LuaTable table) throws PgFailure {
            return switch (table.get(LuaValue.of("n"))) {
                case LuaValue.Nil _ -> OptionalInt.empty();
                case LuaValue.Num(double n) when n >= 0 && n <= MAX_ELEMENTS && n == Math.rint(n) ->
                    OptionalInt.of((int) n);
                default -> throw new PgFailure("field n must say how many values there are");
            };
        }
    }

    /** The text of a parameter; empty for NULL. */
    static Optional<String> of(LuaValue value, String what) throws PgFailure {
        return switch (value) {
            case LuaValue.Nil _ -> Optional.empty();
            case LuaValue.Str(ByteString bytes) -> Optional.of(PgText.of(bytes, what));
            case LuaTable table -> Optional.of(array(table, what, 1));
            default -> Optional.of(scalar(value));
        };
    }

    private static String scalar(LuaValue value) throws PgFailure {
        return switch (value) {
            case LuaValue.Num(double number) -> number(number);
            case LuaValue.Bool(boolean flag) -> flag ? "1" : "0";
            default -> throw new PgFailure("Unsupported query parameter type: " + value.typeName());
        };
    }

    /** The shortest decimal digits that read as the same number. */
    static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number));
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    private static String array(LuaTable table, String what, int depth) throws PgFailure {
        if (depth > MAX_DEPTH) {
            throw new PgFailure(what + " is a table nested more than " + MAX_DEPTH + " deep");
        }
        List<String> elements = new ArrayList<>();
        for (LuaValue value : Sequence.of(table).values()) {
            elements.add(switch (value) {
                case LuaValue.Nil _ -> "NULL";
                case LuaValue.Str(ByteString bytes) -> ArrayText.quote(PgText.of(bytes, what));
                case LuaTable inner -> array(inner, what, depth + 1);
                default -> ArrayText.quote(scalar(value));
            });
        }
        return "{" + String.join(",", elements) + "}";
    }

    /** A string or number as an element of an array; empty for everything else. */
    static Optional<ByteString> element(LuaValue value) {
        return value instanceof LuaValue.Num(double number)
                ? Optional.of(ByteString.of(number(number)))
                : LuaNumbers.asString(value);
    }
}
