package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Machine;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Opens all standard libraries in a machine. */
public final class StandardLibraries {

    private StandardLibraries() {}

    public static void open(Machine machine, Surroundings surroundings) {
        LuaTable globals = machine.globals();
        Library global = new Library(globals).set("_G", globals).set("_VERSION", LuaValue.valueOf("Lua 5.1"));
        BaseLib.open(global);
        ChunkLib.open(global, surroundings);
        LuaTable strings = StringLib.open();
        global.set("string", strings).set("table", TableLib.open()).set("math", MathLib.open())
                .set("bit", BitLib.open()).set("coroutine", CoroutineLib.open()).set("debug", DebugLib.open())
                .set("io", IoLib.open(surroundings)).set("os", OsLib.open(surroundings));
        LuaTable metatable = new LuaTable();
        metatable.rawset(LuaValue.INDEX, strings);
        machine.metatables().set(LuaString.valueOf(""), metatable);
        global.add("print", IoLib::print);
        PackageLib.open(global, surroundings);
    }
}
