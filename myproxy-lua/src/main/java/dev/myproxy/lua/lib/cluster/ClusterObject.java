package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.NodeStatus;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.ConnectTarget;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Upstream;
import java.util.List;

/** What {@code mysql_cluster} gives. */
final class ClusterObject extends LuaObject implements ConnectTarget {

    static final LuaClass<ClusterObject> CLASS = new LuaClass<>("myproxy.cluster", ClusterObject.class)
            .attribute("name", self -> LuaValue.of(self.cluster.name()))
            .text(self -> ByteString.of(self.cluster.name()))
            .method("nodes", ClusterObject::nodes).method("state", ClusterObject::state)
            .method("on_change", ClusterObject::onChange).method("close", ClusterObject::close);

    private final Cluster cluster;
    private final ClusterLibrary library;
    private boolean closed;

    ClusterObject(Cluster cluster, ClusterLibrary library) {
        this.cluster = cluster;
        this.library = library;
    }

    @Override
    public Upstream upstream() {
        return cluster;
    }

    private static LuaReply nodes(ClusterObject self, LuaArgs args) {
        args.expectCount(0, 0);
        return LuaReply.of(new LuaValue.Fresh(self.cluster.nodes().stream().map(NodeTable::of).toList()));
    }

    private static LuaReply state(ClusterObject self, LuaArgs args) {
        args.expectCount(1, 1);
        Address address = NodeAddress.of(args.get(1)).orElseThrow(() -> args.badType(1, "address"));
        List<NodeStatus> nodes = self.cluster.nodes();
        return nodes.stream().filter(node -> node.address().equals(address)).findFirst()
                .map(node -> LuaReply.of(LuaValue.of(node.state().label())))
                .orElseThrow(() -> args.bad(1,
                        NodeAddress.unknown(address, nodes.stream().map(NodeStatus::address).toList())));
    }

    private static LuaReply onChange(ClusterObject self, LuaArgs args) {
        args.expectCount(1, 1);
        if (!(args.get(1) instanceof LuaFunction function)) {
            throw args.badType(1, "function");
        }
        if (self.closed) {
            throw LuaError.positioned("the cluster is closed");
        }
        self.library.listeners().add(self.cluster, function);
        return LuaReply.NOTHING;
    }

    private static LuaReply close(ClusterObject self, LuaArgs args) {
        args.expectCount(0, 0);
        self.closed = true;
        self.library.close(self.cluster);
        return LuaReply.NOTHING;
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
