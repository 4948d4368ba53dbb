package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * A function written in Lua.
 *
 * <p>LuaJ's compiler takes global variables for fields of an upvalue called {@code _ENV}; Lua 5.1 gives each function an
 * environment. They agree as long as {@link #setEnvironment} replaces the cell of that upvalue and not what is in it.
 */
public final class Closure extends LuaFunction {

    private static final LuaString ENVIRONMENT = LuaString.valueOf("_ENV");

    final Prototype prototype;
    final Cell[] cells;
    private LuaValue environment;

    Closure(Prototype prototype, Cell[] cells, LuaValue environment) {
        this.prototype = prototype;
        this.cells = cells;
        this.environment = environment;
    }

    /** The function of a whole chunk. */
    static Closure main(Prototype prototype, LuaValue environment) {
        Cell[] cells = new Cell[prototype.upvalues.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new Cell(environment);
        }
        return new Closure(prototype, cells, environment);
    }

    /** What global variables are fields of. */
    public LuaValue environment() {
        int at = environmentAt();
        return at < 0 ? environment : cells[at].get();
    }

    public void setEnvironment(LuaValue table) {
        int at = environmentAt();
        if (at >= 0) {
            cells[at] = new Cell(table);
        }
        environment = table;
    }

    private int environmentAt() {
        for (int i = 0; i < cells.length; i++) {
            if (isEnvironment(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isEnvironment(int upvalue) {
        return ENVIRONMENT.raweq(prototype.upvalues[upvalue].name);
    }

    /** The compiled code; not to be changed. */
    public Prototype prototype() {
        return prototype;
    }

    /** How many upvalues the function has in Lua 5.1's eyes, which don't see the environment. */
    public int upvalueCount() {
        return cells.length - (environmentAt() < 0 ? 0 : 1);
    }

    /** The place of the upvalue in {@link #upvalueName} and the like, or -1. Counts from 1. */
    private int placeOf(int number) {
        int left = number;
        for (int i = 0; i < cells.length; i++) {
            if (!isEnvironment(i) && --left == 0) {
                return i;
            }
        }
        return -1;
    }

    public boolean hasUpvalue(int number) {
        return placeOf(number) >= 0;
    }

    public LuaValue upvalueName(int number) {
        return prototype.upvalues[placeOf(number)].name;
    }

    public LuaValue upvalue(int number) {
        return cells[placeOf(number)].get();
    }

    public void setUpvalue(int number, LuaValue value) {
        cells[placeOf(number)].set(value);
    }

    /** Lets an upvalue be the same variable as one of another function. */
    public void joinUpvalue(int number, Closure other, int otherNumber) {
        cells[placeOf(number)] = other.cells[other.placeOf(otherNumber)];
    }

    /** Equal for upvalues that are the same variable. */
    public Object upvalueIdentity(int number) {
        return cells[placeOf(number)];
    }
}
