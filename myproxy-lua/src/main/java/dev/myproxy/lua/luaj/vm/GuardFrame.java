package dev.myproxy.lua.luaj.vm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** A {@code pcall} or {@code xpcall} whose function runs in the frames above. */
final class GuardFrame extends Frame {

    final Optional<LuaValue> handler;

    GuardFrame(@Nullable Frame caller, Optional<LuaValue> handler) {
        super(caller);
        this.handler = handler;
    }
}
