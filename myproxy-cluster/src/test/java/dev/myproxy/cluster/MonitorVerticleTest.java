package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static dev.myproxy.cluster.TestClusters.LONG;
import static dev.myproxy.cluster.TestClusters.candidates;
import static dev.myproxy.cluster.TestClusters.done;
import static dev.myproxy.cluster.TestClusters.monitoring;
import static dev.myproxy.cluster.TestClusters.settings;
import static dev.myproxy.cluster.TestClusters.watched;
import static dev.myproxy.cluster.TestClusters.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.script.Candidates;
import dev.myproxy.session.SessionBus;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorVerticleTest {

    private static final String ONE = "10.0.0.1";
    private static final String TWO = "10.0.0.2";
    private static final Duration SHORT = Duration.ofMillis(5);

    private final TestClusters test = new TestClusters();
    private final List<ClusterBus.Changed> changes = new CopyOnWriteArrayList<>();
    private final List<ClusterBus.Checked> checks = new CopyOnWriteArrayList<>();
    private final List<SessionBus.Leave> leaves = new CopyOnWriteArrayList<>();

    MonitorVerticleTest() {
        test.vertx.eventBus().<ClusterBus.Changed>localConsumer(ClusterBus.CHANGED, m -> changes.add(m.body()));
        test.vertx.eventBus().<ClusterBus.Checked>localConsumer(ClusterBus.CHECKED, m -> checks.add(m.body()));
        test.vertx.eventBus().<SessionBus.Leave>localConsumer(SessionBus.LEAVE, m -> leaves.add(m.body()));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void checksEachNodeAtOnceAndSaysWhatItFound() {
        test.seconds.set(77);
        test.probe.find(ONE, ALIVE);
        test.probe.find(TWO, DEAD);
        Cluster cluster = start(watched());
        patiently().until(() -> checks.size() == 2);
        assertThat(cluster.nodes()).extracting(NodeStatus::state).containsExactly(ALIVE, DEAD);
        assertThat(cluster.nodes()).extracting(NodeStatus::reason).containsExactly("it is alive", "it is dead");
        assertThat(cluster.nodes()).allSatisfy(node -> {
            assertThat(node.since().getEpochSecond()).isEqualTo(77);
            assertThat(node.checkTook()).contains(Duration.ofMillis(3));
        });
        patiently().until(() -> changes.size() == 2);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.cluster()).isSameAs(cluster);
            assertThat(change.from()).isEqualTo(UNKNOWN);
        });
    }

    @Test
    void tellsSessionsWhatServersOfferInTheirGreetings() {
        List<SessionBus.Greeted> greeted = new CopyOnWriteArrayList<>();
        test.vertx.eventBus().<SessionBus.Greeted>localConsumer(SessionBus.GREETED, m -> greeted.add(m.body()));
        Capabilities offered = Capabilities.of(Capability.QUERY_ATTRIBUTES);
        ByteString version = ByteString.of("9.1.0");
        test.probe.find(ONE, DEAD);
        test.probe.find(TWO, Future.succeededFuture(
                new CheckResult(ALIVE, "ok", Duration.ZERO, Optional.empty(),
                        Optional.of(new CheckResult.Greeting(version, offered)))));
        Cluster cluster = start(watched());
        patiently().until(() -> checks.size() == 2 && !greeted.isEmpty());
        assertThat(greeted).containsExactly(new SessionBus.Greeted(cluster, TestNodes.address(TWO), version, offered));
    }

    @Test
    void saysWhenAStateChangesAndOnlyThen() {
        test.probe.find(ONE, ALIVE);
        start(settings(monitoring(SHORT, CheckSettings.GREETING), false));
        patiently().until(() -> checks.size() > 5 && !changes.isEmpty());
        assertThat(changes).hasSize(1);
        test.probe.find(ONE, DEAD);
        patiently().until(() -> changes.size() == 2);
        assertThat(changes.get(1).from()).isEqualTo(ALIVE);
        assertThat(changes.get(1).node().state()).isEqualTo(DEAD);
    }

    @Test
    void aNodeThatHangsHoldsUpNoOther() {
        test.probe.find(ONE, ALIVE);
        start(settings(monitoring(SHORT, CheckSettings.GREETING), false));
        patiently().until(() -> test.probe.count(ONE) > 5);
        assertThat(test.probe.count(TWO)).isOne();
    }

    @Test
    void aProbeThatFailsMeansADeadNode() {
        test.probe.find(ONE, Future.failedFuture(new IOException("no more descriptors")));
        Cluster cluster = start(watched());
        patiently().until(() -> cluster.nodes().getFirst().state() == DEAD);
        assertThat(cluster.nodes().getFirst().reason()).isEqualTo("no more descriptors");
    }

    @Test
    void aNodeThatCannotBeAskedStaysAsItIs() {
        test.probe.find(ONE, ALIVE);
        Cluster cluster = start(settings(monitoring(SHORT, CheckSettings.GREETING), false));
        patiently().until(() -> cluster.nodes().getFirst().state() == ALIVE);
        test.probe.find(ONE, Future.failedFuture(new NotCheckedException("Too many open files")));
        long asked = test.probe.count(ONE);
        patiently().until(() -> test.probe.count(ONE) > asked + 5);
        assertThat(cluster.nodes().getFirst().state()).isEqualTo(ALIVE);
        test.probe.find(ONE, DEAD);
        patiently().until(() -> cluster.nodes().getFirst().state() == DEAD);
    }

    @Test
    void aFailureOfASessionIsCheckedAtOnce() {
        // given a node that is checked once an hour
        test.probe.find(ONE, ALIVE);
        test.probe.find(TWO, ALIVE);
        Cluster cluster = start(watched());
        patiently().until(() -> checks.size() == 2);
        Candidates login = candidates(cluster, "joe", false);
        Address failed = login.next().orElseThrow();
        String server = failed.equals(TestNodes.address(ONE)) ? ONE : TWO;
        test.probe.hang(server);
        // when it fails
        login.failed("Connection refused");
        // then it is behind the other one before the check has ended, and dead after it
        assertThat(cluster.state(failed)).hasValueSatisfying(node -> assertThat(node.suspect()).isTrue());
        assertThat(TestClusters.first(cluster, "joe")).isPresent().isNotEqualTo(Optional.of(failed));
        test.probe.find(server, DEAD);
        patiently().until(() -> cluster.state(failed).orElseThrow().state() == DEAD);
        patiently().until(() -> checks.size() == 3);
    }

    @Test
    void aFailureThatNoCheckConfirmsIsForgotten() {
        test.probe.find(ONE, ALIVE);
        test.probe.find(TWO, ALIVE);
        Cluster cluster = start(watched());
        patiently().until(() -> checks.size() == 2);
        Candidates login = candidates(cluster, "joe", false);
        Address failed = login.next().orElseThrow();
        login.failed("Connection timed out");
        patiently().until(() -> checks.size() == 3);
        assertThat(cluster.state(failed)).hasValueSatisfying(node -> assertThat(node.suspect()).isFalse());
        assertThat(TestClusters.first(cluster, "joe")).contains(failed);
        patiently().until(() -> changes.size() == 2);
    }

    @Test
    void aNodeThatIsFailingIsCheckedMoreOften() {
        // given a node that must fail three times, and is checked once in ten seconds while it is well
        test.probe.find(ONE, ALIVE);
        Cluster cluster = start(settings(new Monitoring(CheckSettings.GREETING, LONG, 1, 2, LONG), false));
        patiently().until(() -> checks.size() == 1);
        // when a session fails at it, and a check too
        test.probe.find(ONE, DEAD);
        cluster.table().failed(0, "Connection refused");
        // then that makes two
        patiently().until(() -> cluster.nodes().getFirst().state() == DEAD);
        patiently().until(() -> checks.size() == 2);
    }

    @Test
    void whenThePrimaryIsLostTheOthersAreCheckedUntilOneIsPromoted() {
        // given a primary and a replica that are checked once an hour
        test.probe.find(ONE, ALIVE);
        test.probe.find(TWO, READ_ONLY);
        Cluster cluster = start(settings(monitoring(LONG, TestClusters.readOnlyCheck()), false));
        patiently().until(() -> checks.size() == 2);
        // when a session finds the primary dead
        test.probe.find(ONE, DEAD);
        cluster.table().failed(0, "Connection refused");
        // then the replica is checked, too, though its hour is not over
        patiently().until(() -> cluster.nodes().getFirst().state() == DEAD && test.probe.count(TWO) == 2);
    }

    @Test
    void withoutAPrimaryTheOthersAreCheckedMoreOften() {
        test.probe.find(ONE, DEAD);
        test.probe.find(TWO, READ_ONLY);
        // a tenth of this is well within the patience of this test, and the whole is not
        Duration interval = Duration.ofSeconds(35);
        start(settings(monitoring(interval, TestClusters.readOnlyCheck()), false));
        patiently().until(() -> test.probe.count(TWO) == 2);
    }

    @Test
    void sessionsLeaveNodesThatAreNotFit() {
        // given
        test.probe.find(ONE, ALIVE);
        test.probe.find(TWO, READ_ONLY);
        Cluster cluster = start(settings(monitoring(SHORT, TestClusters.readOnlyCheck()), true));
        patiently().until(() -> cluster.nodes().stream().noneMatch(node -> node.state() == UNKNOWN));
        patiently().until(() -> leaving(cluster, TWO, false));
        assertThat(leaves).noneMatch(SessionBus.Leave::readOnly);
        leaves.clear();
        // when they change roles
        test.probe.find(ONE, READ_ONLY);
        test.probe.find(TWO, ALIVE);
        patiently().until(() -> leaving(cluster, ONE, false));
        // and one dies
        test.probe.find(ONE, DEAD);
        patiently().until(() -> leaving(cluster, ONE, true));
        assertThat(leaves).extracting(SessionBus.Leave::reason).contains("10.0.0.1:3306 is read_only (it is read_only)",
                "10.0.0.1:3306 is dead (it is dead)");
    }

    @Test
    void sessionsStayIfTheClusterDoesNotSaySo() {
        test.probe.find(ONE, ALIVE);
        test.probe.find(TWO, DEAD);
        start(settings(monitoring(SHORT, CheckSettings.GREETING), false));
        patiently().until(() -> checks.size() > 10);
        assertThat(leaves).isEmpty();
    }

    @Test
    void stopsWhileChecksAreUnderWay() {
        Cluster cluster = start(watched());
        patiently().until(() -> test.probe.checked.size() == 2);
        done(test.clusters.close());
        assertThat(test.probe.closed).isTrue();
        test.probe.find(ONE, ALIVE);
        assertThat(cluster.nodes()).extracting(NodeStatus::state).containsOnly(UNKNOWN);
        cluster.table().failed(0, "nobody checks this any more");
        assertThat(test.probe.count(ONE)).isOne();
    }

    private boolean leaving(Cluster cluster, String server, boolean readOnly) {
        return leaves.stream().anyMatch(leave -> leave.upstream().equals(cluster) && leave.readOnly() == readOnly
                && leave.servers().equals(Set.of(TestNodes.address(server))));
    }

    private Cluster start(ClusterSettings settings) {
        Cluster cluster = test.of(settings, ONE, TWO);
        done(test.clusters.start());
        return cluster;
    }
}
