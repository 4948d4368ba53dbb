package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterSettings;
import java.util.List;

/** Where the clusters of a script come from. Used in the script's turn. */
@FunctionalInterface
public interface ClusterSource {

    /**
     * A cluster of these servers. Who asks for the same servers with the same settings again may get the same one.
     *
     * @param servers at least one, each once; their order decides where nothing else does
     * @throws IllegalStateException if there are too many
     */
    Cluster open(List<Address> servers, ClusterSettings settings);

    /** The configuration is complete: clusters are watched from now on. */
    default void configured() {}

    /** Nobody needs a cluster any more: its nodes are watched no more. Asking for it again gives another one. */
    default void close(Cluster cluster) {}

    /** The script is over: its clusters are watched no more. */
    default void close() {}
}
