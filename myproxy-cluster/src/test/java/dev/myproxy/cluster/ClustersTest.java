package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static dev.myproxy.cluster.TestClusters.done;
import static dev.myproxy.cluster.TestClusters.watched;
import static dev.myproxy.cluster.TestClusters.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.protocol.ByteString;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClustersTest {

    private final TestClusters test = new TestClusters();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void givesTheSameClusterForTheSameServersAndSettings() {
        Cluster cluster = test.of(watched(), "10.0.0.1", "10.0.0.2");
        assertThat(test.of(watched(), "10.0.0.1", "10.0.0.2")).isSameAs(cluster);
        assertThat(test.of(watched(), "10.0.0.1", "10.0.0.2", "10.0.0.1")).isSameAs(cluster);
        // accounts and passwords too, which are other objects each time
        assertThat(test.of(loggingIn(), "10.0.0.1")).isSameAs(test.of(loggingIn(), "10.0.0.1"));
        assertThat(test.clusters.list()).hasSize(2);
    }

    @Test
    void anythingElseMakesAnotherOne() {
        List<Cluster> clusters = List.of(test.of(watched(), "10.0.0.1", "10.0.0.2"),
                test.of(watched(), "10.0.0.2", "10.0.0.1"), test.of(watched(), "10.0.0.1"),
                test.of(ClusterSettings.UNWATCHED, "10.0.0.1"), test.of(loggingIn(), "10.0.0.1"),
                test.of(new ClusterSettings(Optional.of("shop"), Optional.empty(), false, Map.of()), "10.0.0.1"),
                test.of(new ClusterSettings(Optional.empty(), Optional.empty(), false,
                        Map.of(TestNodes.address("10.0.0.1"), 2.0)), "10.0.0.1"));
        assertThat(clusters).doesNotHaveDuplicates();
        assertThat(test.clusters.list()).isEqualTo(clusters);
    }

    @Test
    void watchesOnceItIsStarted() {
        test.of(watched(), "10.0.0.1");
        test.of(ClusterSettings.UNWATCHED, "10.0.0.2");
        assertThat(test.probe.checked).isEmpty();
        done(test.clusters.start());
        assertThat(test.probe.checked).containsExactly(TestNodes.address("10.0.0.1"));
        // and later ones at once
        for (int i = 0; i < 5; i++) {
            test.of(watched(), "10.0.0.3");
        }
        patiently().until(() -> test.probe.count("10.0.0.3") == 1);
        assertThat(test.probe.checked).hasSize(2);
        assertThatThrownBy(test.clusters::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClusterThatIsMadeLateIsReadyAfterItsFirstCheck() {
        done(test.clusters.start());
        test.probe.find("10.0.0.1", ALIVE);
        assertThat(TestClusters.first(test.of(watched(), "10.0.0.1"), "joe"))
                .contains(TestNodes.address("10.0.0.1"));
    }

    @Test
    void oneThatIsClosedIsNotWatchedAnyMore() {
        done(test.clusters.start());
        test.probe.find("10.0.0.1", ALIVE);
        Cluster closed = test.of(watched(), "10.0.0.1");
        Cluster other = test.of(watched(), "10.0.0.2");
        assertThat(TestClusters.first(closed, "joe")).isPresent();

        done(test.clusters.close(closed));

        assertThat(test.clusters.list()).containsExactly(other);
        assertThat(TestClusters.first(closed, "joe")).contains(TestNodes.address("10.0.0.1"));
        assertThat(test.of(watched(), "10.0.0.1")).isNotSameAs(closed);
        patiently().until(() -> test.probe.count("10.0.0.1") == 2);
        done(test.clusters.close(closed));
        assertThat(test.clusters.list()).hasSize(2);
    }

    @Test
    void loginsThatWaitForAClusterThatIsClosedFail() {
        Cluster cluster = test.of(watched(), "10.0.0.1");
        var waiting = cluster.candidates(ByteString.of("joe"), false);

        done(test.clusters.close(cluster));

        assertThat(waiting.failed()).isTrue();
        assertThat(waiting.cause()).hasMessage(Cluster.CLOSED);
    }

    @Test
    void anotherOneWithTheSameChecksBeginsWithWhatIsKnown() {
        // given
        Cluster first = test.of(watched(), "10.0.0.1", "10.0.0.2");
        done(test.clusters.start());
        test.seconds.set(5);
        test.probe.find("10.0.0.1", ALIVE);
        test.probe.find("10.0.0.2", DEAD);
        patiently().until(() -> first.nodes().stream().noneMatch(node -> node.state() == UNKNOWN));
        test.probe.hang("10.0.0.1");
        test.probe.hang("10.0.0.2");
        // when a script changes the weights and adds a server
        test.seconds.set(6);
        ClusterSettings reweighted = new ClusterSettings(Optional.empty(), watched().monitoring(), false,
                Map.of(TestNodes.address("10.0.0.2"), 2.0));
        Cluster second = test.of(reweighted, "10.0.0.3", "10.0.0.2", "10.0.0.1");
        // then nobody needs to wait
        assertThat(second.nodes()).extracting(NodeStatus::state).containsExactly(UNKNOWN, DEAD, ALIVE);
        assertThat(second.nodes().get(2).since().getEpochSecond()).isEqualTo(5);
        assertThat(TestClusters.first(second, "joe")).contains(TestNodes.address("10.0.0.1"));
        // but other checks may find something else, and who does not check knows nothing
        test.probe.find("10.0.0.1", READ_ONLY);
        assertThat(test.of(loggingIn(), "10.0.0.1").nodes()).extracting(NodeStatus::state).doesNotContain(ALIVE);
        assertThat(test.of(ClusterSettings.UNWATCHED, "10.0.0.1").nodes()).extracting(NodeStatus::state)
                .containsExactly(UNKNOWN);
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < Clusters.LIMIT; i++) {
            test.of(ClusterSettings.UNWATCHED, "10.0." + i / 200 + "." + i % 200);
        }
        assertThat(test.of(ClusterSettings.UNWATCHED, "10.0.0.1")).isNotNull();
        assertThatThrownBy(() -> test.of(ClusterSettings.UNWATCHED, "10.9.0.1"))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("1000 different clusters");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> test.of(ClusterSettings.UNWATCHED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.of(weighted("10.0.0.2", 1), "10.0.0.1"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("10.0.0.2");
        assertThatThrownBy(() -> weighted("10.0.0.1", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> weighted("10.0.0.1", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestClusters.monitoring(Duration.ZERO, CheckSettings.GREETING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(test.clusters.list()).isEmpty();
    }

    @Test
    void tellsOnTheBusWhichClustersThereAre() {
        Cluster cluster = test.of(watched(), "10.0.0.1");
        done(test.clusters.start());
        Message<ClusterBus.Listing> answer = done(test.vertx.eventBus().request(ClusterBus.LIST, null));
        assertThat(answer.body().clusters()).containsExactly(cluster);
    }

    @Test
    void clustersHaveANameForPeople() {
        assertThat(test.of(ClusterSettings.UNWATCHED, "10.0.0.1").name()).isEqualTo("10.0.0.1:3306");
        assertThat(test.of(ClusterSettings.UNWATCHED, "10.0.0.1", "10.0.0.2", "10.0.0.3").name())
                .isEqualTo("10.0.0.1:3306 +2");
        assertThat(test.of(new ClusterSettings(Optional.of("shop"), Optional.empty(), false, Map.of()), "10.0.0.1"))
                .hasToString("shop");
    }

    @Test
    void knowsItsNodesAndNoOthers() {
        Cluster cluster = test.of(weighted("10.0.0.2", 3), "10.0.0.1", "10.0.0.2");
        assertThat(cluster.nodes()).extracting(NodeStatus::weight).containsExactly(1.0, 3.0);
        assertThat(cluster.state(TestNodes.address("10.0.0.2"))).isPresent();
        assertThat(cluster.state(TestNodes.address("10.0.0.3"))).isEmpty();
    }

    private static ClusterSettings loggingIn() {
        return TestClusters.settings(TestClusters.monitoring(TestClusters.LONG, TestClusters.readOnlyCheck()), false);
    }

    private static ClusterSettings weighted(String server, double weight) {
        return new ClusterSettings(Optional.empty(), Optional.empty(), false,
                Map.of(TestNodes.address(server), weight));
    }
}
