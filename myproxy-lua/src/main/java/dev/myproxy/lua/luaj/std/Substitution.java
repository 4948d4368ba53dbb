package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.gsub}. */
final class Substitution {

    private final Machine machine;
    private final LuaString text;
    private final LuaValue replacement;
    private final Matcher matcher;
    private final Bytes result;

    private Substitution(Machine machine, LuaString text, Pattern pattern, LuaValue replacement) {
        this.machine = machine;
        this.text = text;
        this.replacement = replacement;
        matcher = new Matcher(machine, text, pattern);
        result = new Bytes(machine);
    }

    static Varargs substitute(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        Pattern pattern = Pattern.parse(Args.string(machine, args, 2), true);
        LuaValue replacement = args.arg(3);
        if (replacement instanceof LuaNumber) {
            replacement = NumberText.of(replacement);
        }
        if (!(replacement instanceof LuaString || replacement instanceof LuaTable
                || replacement instanceof LuaFunction)) {
            throw Args.bad(machine, 3, "string/function/table expected");
        }
        int max = Args.integer(machine, args, 4, Integer.MAX_VALUE);
        return new Substitution(machine, text, pattern, replacement).run(pattern.anchored(), max);
    }

    private Varargs run(boolean anchored, int max) {
        int at = 0;
        int count = 0;
        while (count < max) {
            int end = matcher.match(at);
            if (end >= 0) {
                count++;
                replace(at, end);
            }
            if (end > at) {
                at = end;
            } else if (at < text.m_length) {
                result.add(text.luaByte(at++));
            } else {
                break;
            }
            if (anchored) {
                break;
            }
        }
        if (at < text.m_length) {
            result.add(text, at, text.m_length);
        }
        return LuaValue.varargsOf(result.string(), LuaInteger.valueOf(count));
    }

    private void replace(int start, int end) {
        LuaValue value;
        switch (replacement) {
            case LuaString template -> {
                expand(template, start, end);
                return;
            }
            case LuaTable table -> value = lookUp(table, matcher.capture(0, start, end));
            default -> value = machine.call(replacement, matcher.captures(start, end, true)).arg1();
        }
        if (!value.toboolean()) {
            result.add(text, start, end);
        } else if (value instanceof LuaString || value instanceof LuaNumber) {
            result.add(NumberText.of(value));
        } else {
            throw machine.error("invalid replacement value (a " + value.typename() + ")");
        }
    }

    private LuaValue lookUp(LuaTable table, LuaValue key) {
        LuaValue from = table;
        for (int i = 0; i < 100 && from instanceof LuaTable plain; i++) {
            LuaValue value = plain.rawget(key);
            LuaValue handler = machine.metatables().event(plain, LuaValue.INDEX);
            if (!value.isnil() || handler.isnil()) {
                return value;
            }
            if (handler.isfunction()) {
                return machine.call(handler, plain, key).arg1();
            }
            from = handler;
        }
        return LuaValue.NIL;
    }

    private void expand(LuaString template, int start, int end) {
        for (int i = 0; i < template.m_length; i++) {
            int c = template.luaByte(i);
            if (c != '%' || i + 1 >= template.m_length) {
                result.add(c == '%' ? 0 : c);
                continue;
            }
            c = template.luaByte(++i);
            if (c == '0') {
                result.add(text, start, end);
            } else if (Character.isDigit(c)) {
                result.add(NumberText.of(matcher.capture(c - '1', start, end)));
            } else {
                result.add(c);
            }
        }
    }
}
