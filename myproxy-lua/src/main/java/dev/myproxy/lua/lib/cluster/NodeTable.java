package dev.myproxy.lua.lib.cluster;

import dev.myproxy.cluster.ClusterBus;
import dev.myproxy.cluster.NodeStatus;
import dev.myproxy.lua.LuaValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of nodes, as tables. */
final class NodeTable {

    private NodeTable() {}

    /** A node as {@code cluster:nodes()} shows it. */
    static LuaValue of(NodeStatus node) {
        Map<LuaValue, LuaValue> table = new LinkedHashMap<>();
        put(table, "address", LuaValue.of(node.address().toString()));
        put(table, "state", LuaValue.of(node.state().label()));
        put(table, "suspect", LuaValue.of(node.suspect()));
        put(table, "weight", LuaValue.of(node.weight()));
        put(table, "reason", LuaValue.of(node.reason()));
        put(table, "since", LuaValue.of(node.since().toEpochMilli() / 1000.0));
        put(table, "check_seconds", seconds(node.checkTook()));
        put(table, "lag_seconds", seconds(node.lag()));
        return new LuaValue.Fresh(table);
    }

    /** A change as functions given to {@code cluster:on_change} get it. */
    static LuaValue of(ClusterBus.Changed change) {
        Map<LuaValue, LuaValue> table = new LinkedHashMap<>();
        put(table, "address", LuaValue.of(change.node().address().toString()));
        put(table, "from", LuaValue.of(change.from().label()));
        put(table, "to", LuaValue.of(change.node().state().label()));
        put(table, "reason", LuaValue.of(change.node().reason()));
        return new LuaValue.Fresh(table);
    }

    private static void put(Map<LuaValue, LuaValue> table, String key, LuaValue value) {
        table.put(LuaValue.of(key), value);
    }

    private static LuaValue seconds(Optional<Duration> time) {
        return time.map(t -> LuaValue.of(t.toNanos() / 1e9)).orElseGet(LuaValue::nil);
    }
}
