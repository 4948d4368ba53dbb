package dev.myproxy.lua.lib.cgroup;

import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.ScriptClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** {@code client.cgroup}: found when a script first reads it, the same object from then on. In the script's turns. */
public final class ClientCgroup {

    private final ScriptClient client;
    private Optional<Future<List<LuaValue>>> found = Optional.empty();

    public ClientCgroup(ScriptClient client) {
        this.client = client;
    }

    /** The object, or nil. What failed is tried again the next time. */
    public LuaReply read() {
        Future<List<LuaValue>> reading = found.filter(future -> !future.failed()).orElseGet(this::find);
        found = Optional.of(reading);
        return reading.succeeded() ? new LuaReply.Results(reading.result()) : LuaReply.later(reading);
    }

    private Future<List<LuaValue>> find() {
        return client.cgroup().read().map(cgroup -> LuaValue.list(cgroup.map(this::object).orElseGet(LuaValue::nil)));
    }

    private LuaValue object(Cgroup cgroup) {
        return new CgroupObject(cgroup, client);
    }
}
