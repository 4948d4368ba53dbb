package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Stands for results that come later. */
final class Switched extends Varargs {
    @Override
    public LuaValue arg(int i) {
        throw new IllegalStateException("results come later");
    }

    @Override
    public int narg() {
        throw new IllegalStateException("results come later");
    }

    @Override
    public LuaValue arg1() {
        throw new IllegalStateException("results come later");
    }

    @Override
    public Varargs subargs(int start) {
        throw new IllegalStateException("results come later");
    }
}
