package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import java.util.HexFormat;
import java.util.function.IntBinaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** The {@code bit} library of LuaJIT: signed 32-bit results. Described at bitop.luajit.org/semantics.html. */
final class BitLib {

    /** Adding it moves a number's integer bits to the low end of the double. */
    private static final double TO_INTEGER = 0x1.8p52;

    private static final int MAX_DIGITS = 254;

    private BitLib() {}

    static LuaTable open() {
        return new Library().add("tobit", (m, args) -> LuaInteger.valueOf(bits(m, args, 1)))
                .add("bnot", (m, args) -> LuaInteger.valueOf(~bits(m, args, 1)))
                .add("bswap", (m, args) -> LuaInteger.valueOf(Integer.reverseBytes(bits(m, args, 1))))
                .add("band", fold((a, b) -> a & b)).add("bor", fold((a, b) -> a | b))
                .add("bxor", fold((a, b) -> a ^ b)).add("lshift", shift((a, n) -> a << n))
                .add("rshift", shift((a, n) -> a >>> n)).add("arshift", shift((a, n) -> a >> n))
                .add("rol", shift(Integer::rotateLeft)).add("ror", shift(Integer::rotateRight))
                .add("tohex", BitLib::toHex).table();
    }

    private static int bits(Machine machine, Varargs args, int number) {
        return (int) Double.doubleToRawLongBits(Args.number(machine, args, number) + TO_INTEGER);
    }

    private static Native.Body fold(IntBinaryOperator operator) {
        return (m, args) -> {
            int result = bits(m, args, 1);
            for (int i = 2; i <= args.narg(); i++) {
                result = operator.applyAsInt(result, bits(m, args, i));
            }
            return LuaInteger.valueOf(result);
        };
    }

    private static Native.Body shift(IntBinaryOperator operator) {
        return (m, args) -> LuaInteger.valueOf(operator.applyAsInt(bits(m, args, 1), bits(m, args, 2) & 31));
    }

    private static Varargs toHex(Machine machine, Varargs args) {
        int value = bits(machine, args, 1);
        int wanted = args.narg() < 2 ? 8 : bits(machine, args, 2);
        HexFormat format = wanted < 0 ? HexFormat.of().withUpperCase() : HexFormat.of();
        int digits = (int) Math.min(Math.abs((long) wanted), MAX_DIGITS);
        String all = "0".repeat(Math.max(digits - 8, 0)) + format.toHexDigits(value);
        return LuaString.valueOf(all.substring(all.length() - digits));
    }
}
