package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Native;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A table of functions in the making. */
record Library(LuaTable table) {

    Library() {
        this(new LuaTable());
    }

    Library add(String name, Native.Body body) {
        return set(name, new Native(name, body));
    }

    Library set(String name, LuaValue value) {
        table.rawset(LuaValue.valueOf(name), value);
        return this;
    }
}
