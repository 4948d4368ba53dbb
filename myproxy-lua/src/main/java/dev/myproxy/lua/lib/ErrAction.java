package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaClass;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;

/** What {@code client:err(message)} gives. */
public final class ErrAction extends Action {

    private static final LuaClass<ErrAction> CLASS = new LuaClass<>("myproxy.err_action", ErrAction.class);

    private final ByteString message;

    ErrAction(ByteString message) {
        this.message = message;
    }

    @Override
    public Decision decision() {
        return new Decision.Refuse(message);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
