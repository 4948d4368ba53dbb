package dev.myproxy.cluster;

import static dev.myproxy.cluster.TestClusters.done;
import static dev.myproxy.cluster.TestClusters.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.metrics.Exposition;
import dev.myproxy.metrics.Servers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterMetersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClusters test = new TestClusters();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Servers servers = new Servers();
    private final ClusterMeters meters = new ClusterMeters(test.vertx, servers);

    ClusterMetersTest() {
        registry.getPrometheusRegistry().register(meters);
        registry.getPrometheusRegistry().register(servers);
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** The lines of a metric in a scrape. */
    private List<String> lines(String metric) throws IOException {
        return new Exposition(registry).render("").body().toString().lines()
                .filter(line -> line.startsWith("myproxy_server_" + metric + "{")).toList();
    }

    private void awaitLines(String metric, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines(metric)).containsExactly(expected));
    }

    private static String[] states(String server, NodeState now) {
        return List.of(NodeState.values()).stream().sorted((a, b) -> a.label().compareTo(b.label()))
                .map(state -> "myproxy_server_state{server=\"" + server + "\",state=\"" + state.label() + "\"} "
                        + (state == now ? "1.0" : "0.0"))
                .toArray(String[]::new);
    }

    @Test
    void showsTheStateOfEachWatchedNode() {
        test.of(watched(), "10.0.0.1:3306");
        test.of(ClusterSettings.UNWATCHED, "10.0.0.2:3306");
        done(test.clusters.start());
        awaitLines("state", states("10.0.0.1:3306", NodeState.UNKNOWN));
        awaitLines("check_duration_seconds");

        test.probe.find("10.0.0.1:3306", NodeState.READ_ONLY);

        awaitLines("state", states("10.0.0.1:3306", NodeState.READ_ONLY));
        awaitLines("check_duration_seconds", "myproxy_server_check_duration_seconds{server=\"10.0.0.1:3306\"} 0.003");
        awaitLines("state_changes_total", "myproxy_server_state_changes_total{server=\"10.0.0.1:3306\"} 1.0");
        awaitLines("lag_seconds");
        awaitLines("queries_total", "myproxy_server_queries_total{server=\"10.0.0.1:3306\"} 0.0",
                "myproxy_server_queries_total{server=\"10.0.0.2:3306\"} 0.0");
    }

    @Test
    void showsHowFarReplicasAreBehind() {
        test.probe.find("10.0.0.1:3306", Future.succeededFuture(new CheckResult(NodeState.READ_ONLY, "a replica",
                Duration.ofMillis(1), Optional.of(Duration.ofSeconds(7)))));
        test.of(watched(), "10.0.0.1:3306");
        done(test.clusters.start());

        awaitLines("lag_seconds", "myproxy_server_lag_seconds{server=\"10.0.0.1:3306\"} 7.0");
    }

    @Test
    void theLagCountsThatAnyClusterKnows() {
        test.probe.find("10.0.0.1:3306", NodeState.READ_ONLY);
        test.of(watched(), "10.0.0.1:3306");
        done(test.clusters.start());
        awaitLines("state", states("10.0.0.1:3306", NodeState.READ_ONLY));
        awaitLines("lag_seconds");

        test.probe.find("10.0.0.1:3306", Future.succeededFuture(new CheckResult(NodeState.READ_ONLY, "a replica",
                Duration.ofMillis(1), Optional.of(Duration.ofSeconds(7)))));
        test.of(TestClusters.settings(TestClusters.monitoring(TestClusters.LONG, TestClusters.readOnlyCheck()), false),
                "10.0.0.1:3306");

        awaitLines("lag_seconds", "myproxy_server_lag_seconds{server=\"10.0.0.1:3306\"} 7.0");
    }

    @Test
    void theWorstStateCountsWhereClustersDisagree() {
        Cluster one = test.of(watched(), "10.0.0.1:3306");
        test.probe.find("10.0.0.1:3306", NodeState.ALIVE);
        done(test.clusters.start());
        awaitLines("state_changes_total", "myproxy_server_state_changes_total{server=\"10.0.0.1:3306\"} 1.0");
        test.of(TestClusters.settings(TestClusters.monitoring(TestClusters.LONG, TestClusters.readOnlyCheck()), false),
                "10.0.0.1:3306", "10.0.0.2:3306");
        awaitLines("state_changes_total", "myproxy_server_state_changes_total{server=\"10.0.0.1:3306\"} 2.0",
                "myproxy_server_state_changes_total{server=\"10.0.0.2:3306\"} 0.0");

        one.declare(TestNodes.address("10.0.0.1:3306"), ScriptedProbe.result(NodeState.DEAD));

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(lines("state")).contains(states("10.0.0.1:3306", NodeState.DEAD)));
    }

    @Test
    void clustersThatAreClosedAreNotShown() throws IOException {
        Cluster cluster = test.of(watched(), "10.0.0.1:3306");
        done(test.clusters.start());
        awaitLines("state", states("10.0.0.1:3306", NodeState.UNKNOWN));

        done(test.clusters.close(cluster));

        awaitLines("state");
        assertThat(lines("queries_total")).as("kept for a while").hasSize(1);
    }

    @Test
    void withoutClustersThereIsNothing() throws IOException {
        assertThat(lines("state")).isEmpty();
    }
}
