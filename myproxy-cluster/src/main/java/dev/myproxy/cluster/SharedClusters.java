package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clusters of several scripts. What several of them have is one cluster, whose nodes are watched once and go on being
 * watched, until the last of them gives it up. Safe to use from every thread.
 */
public final class SharedClusters {

    private final Clusters clusters;
    private final Map<Cluster, Integer> users = new HashMap<>();
    private int parts;
    private boolean started;

    /** @param clusters not started */
    public SharedClusters(Clusters clusters) {
        this.clusters = clusters;
    }

    /** Those of one more script. */
    public synchronized Part open() {
        parts++;
        return new Part();
    }

    private void release(Cluster cluster) {
        if (users.merge(cluster, -1, Integer::sum) == 0) {
            users.remove(cluster);
            clusters.close(cluster);
        }
    }

    /** The clusters of one script. When the last part is closed, all clusters are. */
    public final class Part {

        private final Set<Cluster> held = new HashSet<>();
        private boolean closed;

        private Part() {}

        /** As {@link Clusters#of}. */
        public Cluster of(List<Address> servers, ClusterSettings settings) {
            synchronized (SharedClusters.this) {
                Cluster cluster = clusters.of(servers, settings);
                if (held.add(cluster)) {
                    users.merge(cluster, 1, Integer::sum);
                }
                return cluster;
            }
        }

        /** The script's configuration is loaded: as {@link Clusters#start}, the first time. */
        public void start() {
            synchronized (SharedClusters.this) {
                if (!started) {
                    started = true;
                    clusters.start();
                }
            }
        }

        /** The script gives up a cluster, if it has it. */
        public void close(Cluster cluster) {
            synchronized (SharedClusters.this) {
                if (held.remove(cluster)) {
                    release(cluster);
                }
            }
        }

        /** The script gives up all its clusters. Once is enough. */
        public void close() {
            synchronized (SharedClusters.this) {
                if (!closed) {
                    closed = true;
                    held.forEach(SharedClusters.this::release);
                    held.clear();
                    parts--;
                    if (parts == 0) {
                        clusters.close();
                    }
                }
            }
        }
    }
}
