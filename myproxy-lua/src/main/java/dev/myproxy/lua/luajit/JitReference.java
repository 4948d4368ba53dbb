package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaForeign;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaThread;
import dev.myproxy.lua.LuaValue;
import java.util.List;
import java.util.Optional;

/** A slot of Lua's registry that holds a value for Java. */
abstract class JitReference {

    /** What {@link #slot} is after the slot was given back. */
    private static final int NO_SLOT = 0;

    final JitValues values;
    private final long pointer;
    private int slot;
    private boolean kept;

    JitReference(JitValues values, long pointer, int slot) {
        this.values = values;
        this.pointer = pointer;
        this.slot = slot;
    }

    int slot() {
        if (slot == NO_SLOT) {
            throw new IllegalStateException("reference to a Lua value used after its time");
        }
        return slot;
    }

    // Declared by LuaReference, which only its four sub-interfaces may extend.
    public final void keep() {
        slot();
        kept = true;
    }

    public final void release() {
        kept = false;
        free();
    }

    /** Called when the call that got the reference is over. */
    final void endOfCall() {
        if (!kept) {
            free();
        }
    }

    private void free() {
        if (slot != NO_SLOT) {
            values.free(slot);
            slot = NO_SLOT;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JitReference that && that.values == values && that.pointer == pointer;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(pointer);
    }

    /** A table. */
    static final class Table extends JitReference implements LuaTable {
        Table(JitValues values, long pointer, int slot) {
            super(values, pointer, slot);
        }

        @Override
        public LuaValue get(LuaValue key) {
            return values.get(this, key);
        }

        @Override
        public void set(LuaValue key, LuaValue value) {
            values.set(this, key, value);
        }

        @Override
        public int length() {
            return values.length(this);
        }

        @Override
        public Optional<LuaTable> metatable() {
            return values.metatable(this);
        }

        @Override
        public void setMetatable(LuaTable metatable) {
            values.setMetatable(this, metatable);
        }

        @Override
        public List<Entry> entries() {
            return values.entries(this);
        }
    }

    /** A function. */
    static final class Function extends JitReference implements LuaFunction {
        Function(JitValues values, long pointer, int slot) {
            super(values, pointer, slot);
        }
    }

    /** A coroutine. */
    static final class Coroutine extends JitReference implements LuaThread {
        Coroutine(JitValues values, long pointer, int slot) {
            super(values, pointer, slot);
        }
    }

    /** A userdata that is not ours, or cdata. */
    static final class Foreign extends JitReference implements LuaForeign {
        private final String typeName;

        Foreign(JitValues values, long pointer, int slot, String typeName) {
            super(values, pointer, slot);
            this.typeName = typeName;
        }

        @Override
        public String typeName() {
            return typeName;
        }
    }
}
