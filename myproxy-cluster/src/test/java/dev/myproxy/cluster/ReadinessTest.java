package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.TestClusters.done;
import static dev.myproxy.cluster.TestClusters.watched;
import static dev.myproxy.cluster.TestClusters.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Candidates;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessTest {

    private final TestClusters test = new TestClusters();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void nobodyWaitsForNodesThatAreNotWatched() {
        Cluster cluster = test.of(ClusterSettings.UNWATCHED, "10.0.0.1");
        assertThat(login(cluster).succeeded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = NodeState.class, names = {"ALIVE", "OVERLOADED"})
    void oneNodeThatLivesIsEnough(NodeState state) {
        // given
        Cluster cluster = test.of(watched(), "10.0.0.1", "10.0.0.2", "10.0.0.3");
        done(test.clusters.start());
        Future<Candidates> login = login(cluster);
        assertThat(login.isComplete()).isFalse();
        // when
        test.probe.find("10.0.0.2", state);
        // then
        assertThat(done(login).next()).contains(TestNodes.address("10.0.0.2"));
    }

    @Test
    void otherwiseAllMustHaveBeenChecked() {
        // given
        Cluster cluster = test.of(watched(), "10.0.0.1", "10.0.0.2");
        Future<Candidates> early = login(cluster);
        done(test.clusters.start());
        // when one was found to take no writes
        test.probe.find("10.0.0.2", READ_ONLY);
        patiently().until(() -> cluster.nodes().get(1).state() == READ_ONLY);
        Future<Candidates> late = login(cluster);
        assertThat(early.isComplete()).isFalse();
        assertThat(late.isComplete()).isFalse();
        // and the other one to be dead
        test.probe.find("10.0.0.1", DEAD);
        // then
        assertThat(done(early).next()).contains(TestNodes.address("10.0.0.2"));
        assertThat(done(late).next()).contains(TestNodes.address("10.0.0.2"));
    }

    @Test
    void aNodeThatLivedOnceIsNotEnough() {
        // given a cluster of which one node lived and died before the other one was checked
        Cluster cluster = test.of(
                TestClusters.settings(TestClusters.monitoring(Duration.ofMillis(10), CheckSettings.GREETING), false),
                "10.0.0.1", "10.0.0.2");
        done(test.clusters.start());
        test.probe.find("10.0.0.1", ALIVE);
        done(login(cluster));
        test.probe.find("10.0.0.1", DEAD);
        patiently().until(() -> cluster.nodes().get(0).state() == DEAD);
        // then logins wait for the other one
        Future<Candidates> login = login(cluster);
        assertThat(login.isComplete()).isFalse();
        test.probe.find("10.0.0.2", OVERLOADED);
        assertThat(done(login).next()).contains(TestNodes.address("10.0.0.2"));
    }

    @Test
    void whoWaitsForTooLongIsToldForWhat() {
        // given
        Cluster cluster = test.of(patience(Duration.ofMillis(50)), "10.0.0.1", "10.0.0.2", "10.0.0.3");
        done(test.clusters.start());
        test.probe.find("10.0.0.2", DEAD);
        patiently().until(() -> cluster.nodes().get(1).state() == DEAD);
        // when
        Future<Candidates> login = login(cluster);
        patiently().until(login::isComplete);
        // then
        assertThat(login.cause()).isInstanceOf(NotReadyException.class).hasMessage(
                "No server of the cluster is ready: waiting for the first check of 10.0.0.1:3306, 10.0.0.3:3306");
        assertThat(cluster.readiness().waiting()).isZero();
    }

    @Test
    void theTextNamesAFewOfManyServers() {
        Cluster cluster = test.of(patience(Duration.ofMillis(50)),
                IntStream.range(1, 100).mapToObj(i -> "10.0.0." + i).toArray(String[]::new));
        Future<Candidates> login = login(cluster);
        patiently().until(login::isComplete);
        assertThat(login.cause()).hasMessage("No server of the cluster is ready: waiting for the first check of"
                + " 10.0.0.1:3306, 10.0.0.2:3306, 10.0.0.3:3306, 10.0.0.4:3306,"
                + " 10.0.0.5:3306 and 94 more");
    }

    @Test
    void allThatWaitGoOnAtOnce() {
        Cluster cluster = test.of(watched(), "10.0.0.1");
        List<Future<Candidates>> logins = Stream.generate(() -> login(cluster)).limit(1_000).toList();
        assertThat(cluster.readiness().waiting()).isEqualTo(1_000);
        done(test.clusters.start());
        test.probe.find("10.0.0.1", ALIVE);
        done(Future.all(logins));
        assertThat(cluster.readiness().waiting()).isZero();
    }

    @Test
    void nobodyWaitsForClustersThatAreClosed() {
        Cluster cluster = test.of(watched(), "10.0.0.1");
        Future<Candidates> early = login(cluster);
        done(test.clusters.close());
        assertThat(early.failed()).isTrue();
        assertThat(early.cause()).isInstanceOf(NotReadyException.class).hasMessageContaining("not watched any more");
        assertThat(login(cluster).failed()).isTrue();
        assertThat(login(test.of(watched(), "10.0.0.9")).failed()).isTrue();
    }

    private static ClusterSettings patience(Duration readyTimeout) {
        return TestClusters.settings(
                new Monitoring(CheckSettings.GREETING, TestClusters.LONG, 1, 1, readyTimeout), false);
    }

    private static Future<Candidates> login(Cluster cluster) {
        return cluster.candidates(ByteString.of("joe"), false);
    }
}
