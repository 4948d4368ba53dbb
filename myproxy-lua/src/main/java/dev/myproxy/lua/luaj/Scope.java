package dev.myproxy.lua.luaj;

/** The time from Java's being called by Lua to its return: how long what it received may be used. */
final class Scope {

    private boolean over;

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
