package dev.myproxy.cluster;

import static dev.myproxy.cluster.TestClusters.patiently;
import static dev.myproxy.cluster.TestClusters.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.SharedClusters.Part;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedClustersTest {

    private static final List<Address> SERVERS = TestNodes.addresses("10.0.0.1");
    private static final List<Address> OTHERS = TestNodes.addresses("10.0.0.2");

    private final TestClusters test = new TestClusters();
    private final SharedClusters all = new SharedClusters(test.clusters);
    private final Part first = all.open();

    @AfterEach
    void close() {
        test.close();
    }

    private void awaitMonitors(int count) {
        patiently().until(() -> test.vertx.deploymentIDs().size() == count);
    }

    @Test
    void theSameServersAndSettingsAreOneClusterThatIsWatchedOnce() {
        Cluster cluster = first.of(SERVERS, watched());
        first.start();
        awaitMonitors(1);

        Part second = all.open();
        assertThat(second.of(SERVERS, watched())).isSameAs(cluster);
        second.start();
        second.of(OTHERS, watched());

        awaitMonitors(2);
        assertThat(test.clusters.list()).hasSize(2);
    }

    @Test
    void aClusterEndsWithTheLastPartThatHasIt() {
        Cluster cluster = first.of(SERVERS, watched());
        first.start();
        first.of(OTHERS, watched());
        Part second = all.open();
        second.of(SERVERS, watched());
        second.of(SERVERS, watched());
        test.probe.find("10.0.0.1", NodeState.ALIVE);
        awaitMonitors(2);

        first.close();
        first.close();
        awaitMonitors(1);
        assertThat(test.clusters.list()).containsExactly(cluster);

        second.close(cluster);
        awaitMonitors(0);
        assertThat(second.of(SERVERS, watched())).isNotSameAs(cluster);
        awaitMonitors(1);

        second.close();
        awaitMonitors(0);
        assertThat(test.clusters.list()).isEmpty();
    }

    @Test
    void whoHasNoShareInAClusterCanNotCloseIt() {
        Cluster cluster = first.of(SERVERS, watched());
        Part second = all.open();

        second.close(cluster);
        second.close();

        assertThat(first.of(SERVERS, watched())).isSameAs(cluster);
    }
}
