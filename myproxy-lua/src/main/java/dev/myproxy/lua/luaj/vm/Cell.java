package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** A variable that closures share: a register of a running function, and after its end a place of its own. */
final class Cell {

    private LuaValue[] place;
    private int index;

    /** The next cell of the same frame that still refers to a register. */
    @Nullable
    Cell next;

    Cell(LuaValue[] registers, int index) {
        place = registers;
        this.index = index;
    }

    Cell(LuaValue value) {
        this(new LuaValue[]{value}, 0);
    }

    LuaValue get() {
        return place[index];
    }

    void set(LuaValue value) {
        place[index] = value;
    }

    int register() {
        return index;
    }

    /** Parts from the register. */
    void close() {
        place = new LuaValue[]{place[index]};
        index = 0;
        next = null;
    }
}
