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

/**
 * The functions that scripts gave to {@code cluster:on_change}. A cluster with such a function is not garbage, even if the
 * script forgets it. Used in the script's turn.
 */
final class ChangeListeners {

    /** Handlers that add functions again and again are a mistake. */
    static final int MAX_FUNCTIONS = 16;

    /** What listens to one cluster; holds the object for the sake of the cluster. */
    private record Listening(ClusterObject object, List<ChangeQueue> queues) {}

    private final Callbacks callbacks;
    private final Map<Cluster, Listening> listening = new HashMap<>();

    ChangeListeners(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Calls a function for each change from now on.
     *
     * @param function an argument
     */
    void add(ClusterObject object, Cluster cluster, LuaFunction function) {
        if (cluster.settings().monitoring().isEmpty()) {
            throw LuaError.positioned("the nodes of a cluster without 'monitoring' never change");
        }
        List<ChangeQueue> queues = listening.computeIfAbsent(cluster,
                _ -> new Listening(object, new ArrayList<>())).queues();
        if (queues.size() >= MAX_FUNCTIONS) {
            throw LuaError.positioned("more than " + MAX_FUNCTIONS
                    + " functions for the changes of a cluster: add them once, while the configuration loads");
        }
        function.keep();
        queues.add(new ChangeQueue(callbacks, function));
    }

    /** A node has changed: calls the functions, later. */
    void changed(ClusterBus.Changed change) {
        Listening listeners = listening.get(change.cluster());
        if (listeners != null) {
            LuaValue table = NodeTable.of(change);
            listeners.queues().forEach(queue -> queue.add(table));
        }
    }
}
