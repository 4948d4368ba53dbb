package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The option {@code weights} of {@code mysql_cluster}: a table from nodes to numbers. */
final class Weights {

    private static final String KEY = "weights";

    private static final double MAX = 1000;

    private Weights() {}

    /**
     * Reads the option, which may be missing.
     *
     * @param servers the nodes
     */
    static Map<Address, Double> read(Options options, List<Address> servers) {
        Map<Address, Double> weights = new HashMap<>();
        for (LuaTable.Entry entry : options.table(KEY).map(LuaTable::entries).orElse(List.of())) {
            Address address = NodeAddress.of(entry.key())
                    .orElseThrow(() -> options.bad(KEY, "addresses of nodes as keys"));
            if (!servers.contains(address)) {
                throw options.bad(KEY, "nodes of the cluster as keys; " + NodeAddress.unknown(address, servers));
            }
            if (weights.put(address, weight(options, address, entry.value())) != null) {
                throw options.bad(KEY, "each node once; " + address + " is there twice");
            }
        }
        return Map.copyOf(weights);
    }

    private static double weight(Options options, Address address, LuaValue value) {
        if (value instanceof LuaValue.Num(double weight) && weight >= 0 && weight <= MAX) {
            return weight;
        }
        throw options.bad(KEY, "numbers from 0 to " + LuaNumbers.format(MAX) + "; that of " + address
                + " is something else");
    }
}
