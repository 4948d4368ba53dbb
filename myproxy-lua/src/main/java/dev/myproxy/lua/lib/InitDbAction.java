package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaClass;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;

/** What {@code client:init_db(name)} gives. */
public final class InitDbAction extends Action {

    private static final LuaClass<InitDbAction> CLASS = new LuaClass<>("myproxy.init_db_action", InitDbAction.class);

    private final ByteString database;

    InitDbAction(ByteString database) {
        this.database = database;
    }

    @Override
    public Decision decision() {
        return new Decision.InitDb(database);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
