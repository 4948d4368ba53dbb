package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterBus;
import dev.myproxy.cluster.ClusterSettings;
import dev.myproxy.cluster.Clusters;
import dev.myproxy.cluster.SharedClusters;
import dev.myproxy.cluster.check.HealthCheck;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.transport.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code mysql_cluster(nodes [, options])}. */
public final class ClusterLibrary implements LuaLibrary {

    private static final String NAME = "mysql_cluster";

    private final Vertx vertx;
    private final ClusterSource source;
    private final ChangeListeners listeners;
    private final Map<Cluster, ClusterObject> objects = new HashMap<>();
    private Optional<MessageConsumer<ClusterBus.Changed>> changes = Optional.empty();

    /** With real clusters, whose nodes are checked. */
    public ClusterLibrary(LibrarySetup setup) {
        this(setup, new RealClusters(setup.host().shared(SharedClusters.class, () -> shared(setup.vertx()))));
    }

    /**
     * @param source makes the clusters: real ones, or those of a test
     */
    public ClusterLibrary(LibrarySetup setup, ClusterSource source) {
        this.vertx = setup.vertx();
        this.source = source;
        this.listeners = new ChangeListeners(setup.callbacks());
    }

    private static SharedClusters shared(Vertx vertx) {
        return new SharedClusters(
                new Clusters(vertx, settings -> new HealthCheck(vertx, Transport.quiet(vertx),
                        settings.monitoring().orElseThrow().check(), settings.link())));
    }

    @Override
    public void open(LuaState lua) {
        lua.setGlobal(NAME, new LuaBuiltin(NAME, this::create));
        // on the script's own context, since it is opened there
        changes = Optional.of(vertx.eventBus().localConsumer(ClusterBus.CHANGED,
                message -> listeners.changed(message.body())));
    }

    @Override
    public void configured(LuaState lua) {
        source.configured();
    }

    @Override
    public void close() {
        changes.ifPresent(MessageConsumer::unregister);
        source.close();
    }

    ChangeListeners listeners() {
        return listeners;
    }

    /** A script needs a cluster no more. */
    void close(Cluster cluster) {
        objects.remove(cluster);
        listeners.forget(cluster);
        source.close(cluster);
    }

    private LuaReply create(LuaArgs args) {
        args.expectCount(1, 2);
        List<Address> servers = NodeList.read(args, 1);
        ClusterSettings settings = ClusterOptions.read(args, 2, servers);
        try {
            return LuaReply.of(objects.computeIfAbsent(source.open(servers, settings),
                    cluster -> new ClusterObject(cluster, this)));
        } catch (IllegalStateException e) {
            throw LuaError.positioned(String.valueOf(e.getMessage()));
        }
    }
}
