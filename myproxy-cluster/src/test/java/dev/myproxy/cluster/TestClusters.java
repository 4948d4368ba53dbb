package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Secret;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Candidates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Clusters with a probe that does as it is told, and a clock that does too. */
final class TestClusters implements AutoCloseable {

    static final Duration LONG = Duration.ofHours(1);

    final Vertx vertx = Vertx.vertx();
    final ScriptedProbe probe = new ScriptedProbe();
    final AtomicLong seconds = new AtomicLong();
    final Clusters clusters = new Clusters(vertx, _ -> probe,
            () -> new Moment(Instant.ofEpochSecond(seconds.get()), TimeUnit.SECONDS.toNanos(seconds.get())));

    TestClusters() {
        LocalCodec.register(vertx.eventBus());
    }

    Cluster of(ClusterSettings settings, String... servers) {
        return clusters.of(TestNodes.addresses(servers), settings);
    }

    /** Watched, once an hour. */
    static ClusterSettings watched() {
        return settings(monitoring(LONG, CheckSettings.GREETING), false);
    }

    static ClusterSettings settings(Monitoring monitoring, boolean disconnectUnavailable) {
        return new ClusterSettings(Optional.empty(), Optional.of(monitoring), disconnectUnavailable, Map.of());
    }

    static Monitoring monitoring(Duration interval, CheckSettings check) {
        return new Monitoring(check, interval, 1, 1, Monitoring.DEFAULT_READY_TIMEOUT);
    }

    /** Looks which nodes take writes. */
    static CheckSettings readOnlyCheck() {
        return new CheckSettings(
                Optional.of(new CheckSettings.Login(ByteString.of("check"),
                        Secret.wrap("secret".getBytes(StandardCharsets.US_ASCII)))),
                true, Optional.empty(), Optional.empty(), false, false, CheckSettings.DEFAULT_TIMEOUT);
    }

    static Candidates candidates(Cluster cluster, String account, boolean readOnly) {
        return done(cluster.candidates(ByteString.of(account), readOnly));
    }

    static Optional<Address> first(Cluster cluster, String account) {
        return candidates(cluster, account, false).next();
    }

    /** Waits for a condition, for as long as a busy machine may need. */
    static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    /** Waits for a future. */
    static <T> T done(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        done(clusters.close());
        done(vertx.close());
    }
}
