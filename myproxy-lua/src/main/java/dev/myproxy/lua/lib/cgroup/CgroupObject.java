package dev.myproxy.lua.lib.cgroup;

import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.ScriptClient;
import java.util.Optional;

/** A control group in a script. Useless once the client's connection is gone. */
final class CgroupObject extends LuaObject {

    static final LuaClass<CgroupObject> CLASS = new LuaClass<>("cgroup_info", CgroupObject.class)
            .guard(self -> checkLive(self.client))
            .attribute("path", self -> LuaValue.of(self.cgroup.path()))
            .attribute("parent", CgroupObject::parent)
            .attribute("xattr", self -> self.attributes)
            .text(self -> self.cgroup.path());

    private final Cgroup cgroup;
    private final ScriptClient client;
    private final AttributesObject attributes;
    private Optional<LuaValue> parent = Optional.empty();

    CgroupObject(Cgroup cgroup, ScriptClient client) {
        this.cgroup = cgroup;
        this.client = client;
        this.attributes = new AttributesObject(cgroup, client);
    }

    private LuaValue parent() {
        LuaValue known = parent.orElseGet(() -> cgroup.parent().<LuaValue>map(group -> new CgroupObject(group, client))
                .orElseGet(LuaValue::nil));
        parent = Optional.of(known);
        return known;
    }

    static void checkLive(ScriptClient client) {
        if (client.isStale()) {
            throw LuaError.positioned("Stale object");
        }
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
