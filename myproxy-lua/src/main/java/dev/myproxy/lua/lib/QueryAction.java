package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaClass;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;

/** What {@code client:query(sql)} gives. */
public final class QueryAction extends Action {

    private static final LuaClass<QueryAction> CLASS = new LuaClass<>("myproxy.query_action", QueryAction.class);

    private final ByteString sql;

    QueryAction(ByteString sql) {
        this.sql = sql;
    }

    @Override
    public Decision decision() {
        return new Decision.Query(sql);
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
