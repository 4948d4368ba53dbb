package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/** What {@code tostring} makes of values. */
final class Texts {

    private Texts() {}

    /** The text of any value, with {@code __tostring}; that may give something else than a string. */
    static LuaValue of(Machine machine, LuaValue value) {
        LuaValue method = machine.metatables().event(value, LuaValue.TOSTRING);
        return method.isnil() ? plain(value) : machine.call(method, value).arg1();
    }

    /** The text of any value, without metamethods. */
    static LuaString plain(LuaValue value) {
        return switch (value) {
            case LuaString string -> string;
            case LuaNumber number -> NumberText.of(number);
            default -> LuaString.valueOf(value.isnil() || value.isboolean()
                    ? value.tojstring()
                    : value.typename() + ": " + address(value));
        };
    }

    /** Something like an address: the same for the same object. */
    static String address(LuaValue value) {
        Object identity = value instanceof LuaUserdata userdata ? userdata.m_instance : value;
        return String.format("0x%08x", System.identityHashCode(identity));
    }
}
