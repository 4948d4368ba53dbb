package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterSettings;
import dev.myproxy.cluster.SharedClusters;
import java.util.List;

/** The clusters of the daemon that one run of the configuration has. */
public final class RealClusters implements ClusterSource {

    private final SharedClusters.Part clusters;

    public RealClusters(SharedClusters all) {
        this.clusters = all.open();
    }

    @Override
    public Cluster open(List<Address> servers, ClusterSettings settings) {
        return clusters.of(servers, settings);
    }

    /** What goes wrong then is in the log. */
    @Override
    public void configured() {
        clusters.start();
    }

    @Override
    public void close(Cluster cluster) {
        clusters.close(cluster);
    }

    /** The servers are left alone soon; nobody waits for that. */
    @Override
    public void close() {
        clusters.close();
    }
}
