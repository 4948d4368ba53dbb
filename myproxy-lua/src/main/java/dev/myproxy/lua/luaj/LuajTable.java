package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** A table of the script, for library code. */
final class LuajTable extends LuajReference.Table {

    private final LuajValues values;

    LuajTable(LuajValues values, LuaTable table) {
        super(table, values.scope());
        this.values = values;
    }

    private LuaTable table() {
        return (LuaTable) target();
    }

    @Override
    public LuaValue get(LuaValue key) {
        return values.toJava(table().rawget(values.toLua(key)));
    }

    @Override
    public void set(LuaValue key, LuaValue value) {
        boolean nan = key instanceof LuaValue.Num(double number) && Double.isNaN(number);
        if (nan || key instanceof LuaValue.Nil) {
            throw new IllegalArgumentException("no key for a table: " + key);
        }
        table().rawset(values.toLua(key), values.toLua(value));
    }

    @Override
    public int length() {
        return table().rawlen();
    }

    @Override
    public Optional<dev.myproxy.lua.LuaTable> metatable() {
        return table().getmetatable() instanceof LuaTable metatable
                ? Optional.of(new LuajTable(values, metatable))
                : Optional.empty();
    }

    @Override
    public void setMetatable(dev.myproxy.lua.LuaTable metatable) {
        table().setmetatable(values.toLua(metatable));
    }

    @Override
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        LuaTable table = table();
        Varargs pair = table.next(org.luaj.vm2.LuaValue.NIL);
        while (!pair.arg1().isnil()) {
            entries.add(new Entry(values.toJava(pair.arg1()), values.toJava(pair.arg(2))));
            pair = table.next(pair.arg1());
        }
        return entries;
    }
}
