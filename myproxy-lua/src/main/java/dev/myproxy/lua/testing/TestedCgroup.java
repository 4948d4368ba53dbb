package dev.myproxy.lua.testing;

import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A control group that a test made up.
 *
 * @param name       the path
 * @param attributes the extended attributes of each group, by its path, with their complete names
 */
record TestedCgroup(String name, Map<String, Map<String, ByteString>> attributes) implements Cgroup {

    /**
     * Reads a fact.
     *
     * @param xattr names and values; those of a group further up in a table of their own under its path
     * @throws LuaError if the path is none
     */
    static TestedCgroup read(String path, Optional<LuaTable> xattr) {
        if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
            throw LuaError.plain("cgroup: a path such as /user.slice is expected, got " + path);
        }
        Map<String, Map<String, ByteString>> attributes = new HashMap<>();
        for (LuaTable.Entry entry : xattr.map(LuaTable::entries).orElseGet(List::of)) {
            String key = text(entry.key()).utf8();
            if (entry.value() instanceof LuaTable of) {
                of.entries().forEach(one -> put(attributes, key, one));
            } else {
                put(attributes, path, entry);
            }
        }
        return new TestedCgroup(path, attributes);
    }

    private static void put(Map<String, Map<String, ByteString>> attributes, String path, LuaTable.Entry entry) {
        attributes.computeIfAbsent(path, _ -> new HashMap<>()).put(complete(text(entry.key()).utf8()),
                text(entry.value()));
    }

    private static ByteString text(LuaValue value) {
        return LuaNumbers.asString(value).orElseThrow(
                () -> LuaError.plain("xattr: names and values are strings, got " + value.typeName()));
    }

    private static String complete(String attribute) {
        return attribute.contains(".") ? attribute : "user." + attribute;
    }

    @Override
    public ByteString path() {
        return ByteString.of(name);
    }

    @Override
    public Optional<Cgroup> parent() {
        int slash = name.lastIndexOf('/');
        return name.length() == 1
                ? Optional.empty()
                : Optional.of(new TestedCgroup(slash == 0 ? "/" : name.substring(0, slash), attributes));
    }

    @Override
    public Future<Optional<ByteString>> attribute(ByteString attribute) {
        return Future.succeededFuture(Optional.ofNullable(
                attributes.getOrDefault(name, Map.of()).get(complete(attribute.utf8()))));
    }
}
