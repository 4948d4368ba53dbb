package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaObject;
import dev.myproxy.script.Decision;

/** What a handler may return. Building one does nothing; a handler may return the same one again and again. */
public abstract sealed class Action extends LuaObject permits ErrAction, ConnectAction, InitDbAction,
        QueryAction {

    /** The decision that returning this stands for, a new one each time. */
    public abstract Decision decision();
}
