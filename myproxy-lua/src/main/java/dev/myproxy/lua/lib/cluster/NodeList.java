package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The first argument of {@code mysql_cluster}. */
final class NodeList {

    /** More are a mistake, and each choice would take noticeable time. */
    static final int MAX_NODES = 1000;

    private NodeList() {}

    /** Reads an argument: addresses in the order of their keys. One that occurs twice counts once. */
    static List<Address> read(LuaArgs args, int number) {
        SortedMap<Double, Address> ordered = new TreeMap<>();
        for (LuaTable.Entry entry : args.table(number, () -> args.bad(number, "Table expected")).entries()) {
            if (!(entry.key() instanceof LuaValue.Num(double key))) {
                throw args.bad(number, "Key is not a number");
            }
            ordered.put(key, NodeAddress.of(entry.value()).orElseThrow(() -> args.bad(number,
                    "address expected, got " + entry.value().typeName())));
        }
        Set<Address> servers = new LinkedHashSet<>(ordered.values());
        if (servers.isEmpty()) {
            throw args.bad(number, "Cluster is empty");
        }
        if (servers.size() > MAX_NODES) {
            throw args.bad(number, "a cluster has at most " + MAX_NODES + " nodes, not " + servers.size());
        }
        return List.copyOf(servers);
    }
}
