package dev.myproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** States that somebody plays, in the place of checks. */
class DeclaredStatesTest {

    private static final Address SERVER = new Address.Abstract("one");

    private final Vertx vertx = Vertx.vertx();
    private final Cluster cluster = new Clusters(vertx, _ -> _ -> Future.failedFuture("not checked"))
            .of(List.of(SERVER), new ClusterSettings(Optional.empty(),
                    Optional.of(new Monitoring(CheckSettings.GREETING, Duration.ofHours(1), 5, 5, Duration.ofHours(1))),
                    false, Map.of()));

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void theyCountAtOnce() {
        cluster.declare(SERVER, result(NodeState.ALIVE, "ok"));

        Optional<ClusterBus.Changed> change = cluster.declare(SERVER, result(NodeState.DEAD, "gone"));

        assertThat(change).hasValueSatisfying(changed -> {
            assertThat(changed.from()).isEqualTo(NodeState.ALIVE);
            assertThat(changed.node().state()).isEqualTo(NodeState.DEAD);
            assertThat(changed.node().reason()).isEqualTo("gone");
        });
        assertThat(cluster.declare(SERVER, result(NodeState.DEAD, "still gone"))).isEmpty();
        assertThat(cluster.declare(SERVER, result(NodeState.ALIVE, "ok"))).isPresent();
    }

    @Test
    void loginsThatWaitForTheFirstCheckGoOn() {
        Future<?> waiting = cluster.candidates(ByteString.of("joe"), false);
        assertThat(waiting.isComplete()).isFalse();

        cluster.declare(SERVER, result(NodeState.ALIVE, "ok"));

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void otherServersAreNoneOfTheClusters() {
        assertThat(cluster.declare(new Address.Abstract("two"), result(NodeState.ALIVE, "ok"))).isEmpty();
    }

    private static CheckResult result(NodeState state, String reason) {
        return new CheckResult(state, reason, Duration.ZERO, Optional.empty());
    }
}
