package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Closure;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import dev.myproxy.lua.luaj.vm.Raised;
import dev.myproxy.lua.luaj.vm.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code package} library, {@code require} and {@code module}. Lua modules only: nothing loads C code. */
final class PackageLib {

    private static final String PATH = "./?.lua;/usr/local/share/luajit-2.1/?.lua;/usr/local/share/lua/5.1/?.lua;"
            + "/usr/local/share/lua/5.1/?/init.lua;/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua";
    private static final LuaValue LOADED = new LuaUserdata(new Object());

    private final LuaTable table;
    private final Surroundings surroundings;

    private PackageLib(LuaTable table, Surroundings surroundings) {
        this.table = table;
        this.surroundings = surroundings;
    }

    static void open(Library global, Surroundings surroundings) {
        LuaTable loaded = new LuaTable();
        for (LuaValue name : global.table().keys()) {
            if (global.table().rawget(name) instanceof LuaTable library) {
                loaded.rawset(name, library);
            }
        }
        Library library = new Library();
        PackageLib packages = new PackageLib(library.table(), surroundings);
        LuaTable loaders = new LuaTable();
        Library preload = new Library()
                .add("table.new", (m, args) -> new Native("new", (_, sizes) -> new LuaTable()))
                .add("table.clear", (m, args) -> new Native("clear", PackageLib::clear));
        library.set("loaded", loaded).set("preload", preload.table()).set("loaders", loaders)
                .set("path", LuaString.valueOf(PATH)).set("cpath", LuaString.valueOf(""))
                .set("config", LuaString.valueOf("/\n;\n?\n!\n-\n")).add("searchpath", packages::searchPath)
                .add("loadlib",
                        (m, args) -> LuaValue.varargsOf(LuaValue.NIL,
                                LuaString.valueOf("dynamic libraries not enabled; check your Lua installation"),
                                LuaString.valueOf("absent")))
                .add("seeall", (m, args) -> seeAll(m, Args.table(m, args, 1)));
        Library searchers = new Library(loaders);
        searchers.table().rawset(1, new Native("preload", packages::preloaded));
        searchers.table().rawset(2, new Native("search", packages::search));
        loaded.rawset("package", library.table());
        global.set("package", library.table()).add("require", packages::require).add("module", packages::module);
    }

    private static Varargs clear(Machine machine, Varargs args) {
        LuaTable emptied = Args.table(machine, args, 1);
        for (LuaValue key : emptied.keys()) {
            emptied.rawset(key, LuaValue.NIL);
        }
        return LuaValue.NONE;
    }

    private static Varargs seeAll(Machine machine, LuaTable module) {
        LuaTable metatable = machine.metatables().of(module) instanceof LuaTable own ? own : new LuaTable();
        metatable.rawset(LuaValue.INDEX, machine.globals());
        machine.metatables().set(module, metatable);
        return LuaValue.NONE;
    }

    private Varargs preloaded(Machine machine, Varargs args) {
        LuaString name = Args.string(machine, args, 1);
        LuaValue loader = table.rawget("preload") instanceof LuaTable preload ? preload.rawget(name) : LuaValue.NIL;
        return loader.isnil() ? LuaString.valueOf("\n\tno field package.preload['" + name.tojstring() + "']") : loader;
    }

    private Varargs search(Machine machine, Varargs args) {
        LuaString name = Args.string(machine, args, 1);
        if (!(table.rawget("path") instanceof LuaString path)) {
            throw machine.error("'package.path' must be a string");
        }
        StringBuilder tried = new StringBuilder();
        String file = find(name.tojstring().replace('.', '/'), path.tojstring(), tried);
        if (file.isEmpty()) {
            return LuaString.valueOf(tried.toString());
        }
        try {
            return ChunkLib.fromFile(LuaString.valueOf(file), machine.environment(), surroundings);
        } catch (Raised e) {
            throw machine.error("error loading module '" + name.tojstring() + "' from file '" + file + "':\n\t"
                    + e.text().tojstring());
        }
    }

    /** The first readable file, empty if there is none. */
    private String find(String name, String path, StringBuilder tried) {
        for (String template : path.split(";", -1)) {
            String file = template.replace("?", name);
            Path resolved = surroundings.file(LuaString.valueOf(file));
            if (Files.isReadable(resolved) && !Files.isDirectory(resolved)) {
                return file;
            }
            tried.append("\n\tno file '").append(file).append('\'');
        }
        return "";
    }

    private Varargs searchPath(Machine machine, Varargs args) {
        String name = Args.string(machine, args, 1).tojstring();
        String separator = Args.string(machine, args, 3, LuaString.valueOf(".")).tojstring();
        String replacement = Args.string(machine, args, 4, LuaString.valueOf("/")).tojstring();
        StringBuilder tried = new StringBuilder();
        String file = find(separator.isEmpty() ? name : name.replace(separator, replacement),
                Args.string(machine, args, 2).tojstring(), tried);
        return file.isEmpty()
                ? LuaValue.varargsOf(LuaValue.NIL, LuaString.valueOf(tried.toString()))
                : LuaString.valueOf(file);
    }

    private LuaTable loaded() {
        return (LuaTable) table.rawget("loaded");
    }

    private Varargs require(Machine machine, Varargs args) {
        LuaString name = Args.string(machine, args, 1);
        LuaTable loaded = loaded();
        LuaValue present = loaded.rawget(name);
        if (present.raweq(LOADED)) {
            throw machine.error("loop or previous error loading module '" + name.tojstring() + "'");
        }
        if (present.toboolean()) {
            return present;
        }
        LuaValue loader = loader(machine, name);
        loaded.rawset(name, LOADED);
        LuaValue result = machine.call(loader, name).arg1();
        if (!result.isnil()) {
            loaded.rawset(name, result);
        } else if (loaded.rawget(name).raweq(LOADED)) {
            loaded.rawset(name, LuaValue.TRUE);
        }
        return loaded.rawget(name);
    }

    private LuaValue loader(Machine machine, LuaString name) {
        if (!(table.rawget("loaders") instanceof LuaTable loaders)) {
            throw machine.error("'package.loaders' must be a table");
        }
        StringBuilder tried = new StringBuilder();
        for (int i = 1; !loaders.rawget(i).isnil(); i++) {
            LuaValue answer = machine.call(loaders.rawget(i), name).arg1();
            if (answer instanceof LuaFunction) {
                return answer;
            }
            tried.append(answer.isstring() ? answer.tojstring() : "");
        }
        throw machine.error("module '" + name.tojstring() + "' not found:" + tried);
    }

    /** {@code module(name, ...)}: makes a table the environment of the calling chunk. */
    private Varargs module(Machine machine, Varargs args) {
        LuaString name = Args.string(machine, args, 1);
        LuaTable module = loaded().rawget(name) instanceof LuaTable known ? known : globalTable(machine, name);
        loaded().rawset(name, module);
        if (module.rawget("_NAME").isnil()) {
            int dot = name.lastIndexOf(LuaString.valueOf("."));
            new Library(module).set("_M", module).set("_NAME", name).set("_PACKAGE", name.substring(0, dot + 1));
        }
        Closure caller = Stack.closure(machine.current(), 1)
                .orElseThrow(() -> machine.error("'module' not called from a Lua function"));
        caller.setEnvironment(module);
        for (int i = 2; i <= args.narg(); i++) {
            machine.call(args.arg(i), module);
        }
        return module;
    }

    private static LuaTable globalTable(Machine machine, LuaString name) {
        LuaTable at = machine.globals();
        for (String part : name.tojstring().split("\\.", -1)) {
            LuaValue next = at.rawget(part);
            if (next.isnil()) {
                next = new LuaTable();
                at.rawset(part, next);
            }
            if (!(next instanceof LuaTable table)) {
                throw machine.error("name conflict for module '" + name.tojstring() + "'");
            }
            at = table;
        }
        return at;
    }
}
