package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaClass;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ErrorCode;
import java.util.Optional;

/** What {@code client:err(message [, code [, sqlstate]])} gives. */
public final class ErrAction extends Action {

    private static final LuaClass<ErrAction> CLASS = new LuaClass<>("myproxy.err_action", ErrAction.class);

    private final ByteString message;
    private final Optional<ErrorCode> error;

    ErrAction(ByteString message, Optional<ErrorCode> error) {
        this.message = message;
        this.error = error;
    }

    @Override
    public Decision decision() {
        return new Decision.Refuse(message, error);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
