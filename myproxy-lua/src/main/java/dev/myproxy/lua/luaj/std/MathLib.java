package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code math} library. Random numbers are not those of LuaJIT for the same seed, and not for secrets. */
final class MathLib {

    private static final long FIRST_SEED = 42;

    private MathLib() {}

    static LuaTable open() {
        Library library = new Library().set("pi", LuaDouble.valueOf(Math.PI)).set("huge", LuaDouble.POSINF)
                .add("abs", of(Math::abs)).add("acos", of(Math::acos)).add("asin", of(Math::asin))
                .add("atan", of(Math::atan)).add("atan2", of(Math::atan2)).add("ceil", of(Math::ceil))
                .add("cos", of(Math::cos)).add("cosh", of(Math::cosh)).add("deg", of(x -> x * (180 / Math.PI)))
                .add("exp", of(Math::exp)).add("floor", of(Math::floor)).add("fmod", of((x, y) -> x % y))
                .add("log10", of(Math::log10)).add("pow", of(Math::pow)).add("rad", of(x -> x * (Math.PI / 180)))
                .add("sin", of(Math::sin)).add("sinh", of(Math::sinh)).add("sqrt", of(Math::sqrt))
                .add("tan", of(Math::tan)).add("tanh", of(Math::tanh)).add("log", MathLib::log)
                .add("frexp", MathLib::frexp).add("ldexp", MathLib::ldexp).add("modf", MathLib::modf)
                .add("max", fold(Math::max)).add("min", fold(Math::min));
        Random random = new Random(FIRST_SEED);
        return library.add("random", (m, args) -> random(m, args, random)).add("randomseed", (m, args) -> {
            random.setSeed(Double.doubleToLongBits(Args.number(m, args, 1)));
            return LuaValue.NONE;
        }).table();
    }

    private static Native.Body of(DoubleUnaryOperator function) {
        return (m, args) -> LuaDouble.valueOf(function.applyAsDouble(Args.number(m, args, 1)));
    }

    private static Native.Body of(DoubleBinaryOperator function) {
        return (m, args) -> LuaDouble
                .valueOf(function.applyAsDouble(Args.number(m, args, 1), Args.number(m, args, 2)));
    }

    private static Native.Body fold(DoubleBinaryOperator function) {
        return (m, args) -> {
            double result = Args.number(m, args, 1);
            for (int i = 2; i <= args.narg(); i++) {
                result = function.applyAsDouble(result, Args.number(m, args, i));
            }
            return LuaDouble.valueOf(result);
        };
    }

    private static Varargs log(Machine machine, Varargs args) {
        double number = Args.number(machine, args, 1);
        if (args.arg(2).isnil()) {
            return LuaDouble.valueOf(Math.log(number));
        }
        double base = Args.number(machine, args, 2);
        return LuaDouble.valueOf(base == 10 ? Math.log10(number) : Math.log(number) / Math.log(base));
    }

    private static Varargs frexp(Machine machine, Varargs args) {
        double number = Args.number(machine, args, 1);
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return LuaValue.varargsOf(LuaDouble.valueOf(number), LuaValue.ZERO);
        }
        int scale = Math.abs(number) < Double.MIN_NORMAL ? 64 : 0;
        double normal = Math.scalb(number, scale);
        int exponent = Math.getExponent(normal) + 1;
        return LuaValue.varargsOf(LuaDouble.valueOf(Math.scalb(normal, -exponent)),
                LuaInteger.valueOf(exponent - scale));
    }

    private static Varargs ldexp(Machine machine, Varargs args) {
        return LuaDouble.valueOf(Math.scalb(Args.number(machine, args, 1), Args.integer(machine, args, 2)));
    }

    private static Varargs modf(Machine machine, Varargs args) {
        double number = Args.number(machine, args, 1);
        double whole = number < 0 ? Math.ceil(number) : Math.floor(number);
        return LuaValue.varargsOf(LuaDouble.valueOf(whole),
                LuaDouble.valueOf(Double.isInfinite(number) ? 0 : number - whole));
    }

    private static Varargs random(Machine machine, Varargs args, Random random) {
        double fraction = random.nextDouble();
        if (args.narg() == 0) {
            return LuaDouble.valueOf(fraction);
        }
        if (args.narg() == 1) {
            return LuaDouble.valueOf(Math.floor(fraction * Math.floor(Args.number(machine, args, 1))) + 1);
        }
        double low = Math.floor(Args.number(machine, args, 1));
        double high = Math.floor(Args.number(machine, args, 2));
        return LuaDouble.valueOf(Math.floor(fraction * (high - low + 1)) + low);
    }
}
