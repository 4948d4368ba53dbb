package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaForeign;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaReference;
import dev.myproxy.lua.LuaThread;
import org.luaj.vm2.LuaValue;

/**
 * Something that lives in the machine. The JVM's collector keeps it alive as long as Java refers to it; that library code
 * uses a reference only in its time is checked all the same, so that it works with every engine.
 */
abstract sealed class LuajReference {

    private final LuaValue target;

    private final Scope scope;
    private boolean kept;

    LuajReference(LuaValue target, Scope scope) {
        this.target = target;
        this.scope = scope;
    }

    /**
     * What is referred to.
     *
     * @throws IllegalStateException if the time of this reference is over
     */
    LuaValue target() {
        if (!kept && scope.isOver()) {
            throw new IllegalStateException("reference was used after its time");
        }
        return target;
    }

    /** See {@link LuaReference#keep()}. */
    public void keep() {
        kept = true;
    }

    /** See {@link LuaReference#release()}. */
    public void release() {
        kept = false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LuajReference reference && target.raweq(reference.target);
    }

    @Override
    public int hashCode() {
        return target.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    static final class OfFunction extends LuajReference implements LuaFunction {
        OfFunction(LuaValue target, Scope scope) {
            super(target, scope);
        }
    }

    static final class OfThread extends LuajReference implements LuaThread {
        OfThread(LuaValue target, Scope scope) {
            super(target, scope);
        }
    }

    static final class Foreign extends LuajReference implements LuaForeign {

        private final String typeName;

        Foreign(LuaValue target, Scope scope) {
            super(target, scope);
            typeName = target.typename();
        }

        @Override
        public String typeName() {
            return typeName;
        }
    }

    /** A table; see {@link LuajTable}. */
    abstract static non-sealed class Table extends LuajReference implements dev.myproxy.lua.LuaTable {
        Table(LuaValue target, Scope scope) {
            super(target, scope);
        }
    }
}
