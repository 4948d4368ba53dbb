package dev.myproxy.lua.lib.cgroup;

import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptClient;

/** {@code cgroup.xattr}: reads an extended attribute of a control group whenever it is indexed. */
final class AttributesObject extends LuaObject {

    static final LuaClass<AttributesObject> CLASS = new LuaClass<>("cgroup_xattr", AttributesObject.class)
            .guard(self -> CgroupObject.checkLive(self.client))
            .otherwise(AttributesObject::read);

    private final Cgroup cgroup;
    private final ScriptClient client;

    AttributesObject(Cgroup cgroup, ScriptClient client) {
        this.cgroup = cgroup;
        this.client = client;
    }

    private LuaReply read(LuaValue key) {
        ByteString name = LuaNumbers.asString(key).orElseThrow(() -> LuaError.positioned(
                "bad argument #2 to '__index' (string expected, got " + key.typeName() + ")"));
        return LuaReply.later(cgroup.attribute(name)
                .map(value -> LuaValue.list(value.map(LuaValue::of).orElseGet(LuaValue::nil))));
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
