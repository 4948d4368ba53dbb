package dev.myproxy.lua.lib.cluster;

import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterBus;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.Callbacks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions that scripts gave to {@code cluster:on_change}. Used in the script's turn. */
final class ChangeListeners {

    /** Handlers that add functions again and again are a mistake. */
    static final int MAX_FUNCTIONS = 16;

    private final Callbacks callbacks;
    private final Map<Cluster, List<ChangeQueue>> listening = new HashMap<>();

    ChangeListeners(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Calls a function for each change from now on.
     *
     * @param function an argument
     */
    void add(Cluster cluster, LuaFunction function) {
        if (cluster.settings().monitoring().isEmpty()) {
            throw LuaError.positioned("the nodes of a cluster without 'monitoring' never change");
        }
        List<ChangeQueue> queues = listening.computeIfAbsent(cluster, _ -> new ArrayList<>());
        if (queues.size() >= MAX_FUNCTIONS) {
            throw LuaError.positioned("more than " + MAX_FUNCTIONS
                    + " functions for the changes of a cluster: add them once, while the configuration loads");
        }
        function.keep();
        queues.add(new ChangeQueue(
                (change, ended) -> callbacks.run("on_change", function, List.of(change), ended), function::release));
    }

    /** The functions of a cluster are called no more. */
    void forget(Cluster cluster) {
        List<ChangeQueue> gone = listening.remove(cluster);
        if (gone != null) {
            gone.forEach(ChangeQueue::close);
        }
    }

    /** A node has changed: calls the functions, later. */
    void changed(ClusterBus.Changed change) {
        List<ChangeQueue> queues = listening.getOrDefault(change.cluster(), List.of());
        if (!queues.isEmpty()) {
            LuaValue table = NodeTable.of(change);
            queues.forEach(queue -> queue.add(table));
        }
    }
}
