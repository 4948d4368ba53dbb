package dev.myproxy.admin;

import dev.myproxy.address.Address;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.ClusterSettings;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.cluster.Clusters;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.cluster.Probe;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.session.AdmissionSnapshot;
import dev.myproxy.session.DrainProgress;
import dev.myproxy.session.SessionBus;
import dev.myproxy.session.SessionSnapshot;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Listens, and shows a daemon that a test has made up. */
final class ShownDaemon implements AdminSource {

    final Vertx vertx;
    final List<Long> killed = new CopyOnWriteArrayList<>();
    volatile List<SessionSnapshot> sessions = List.of();
    volatile DaemonState state = DaemonState.READY;
    final AtomicInteger reloads = new AtomicInteger();
    volatile Future<String> reloaded = Future.succeededFuture("It was loaded");
    volatile Optional<DrainProgress> drain = Optional.empty();
    private final EventLoopContexts contexts;
    private final Transport transport;
    private @Nullable String deployment;

    ShownDaemon() {
        vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(1))
                .withTransport(Transport.preferred()).build();
        LocalCodec.register(vertx.eventBus());
        contexts = new EventLoopContexts(vertx);
        transport = Transport.quiet(vertx);
        vertx.eventBus().localConsumer(SessionBus.LIST, message -> message.reply(new SessionBus.Listing(sessions)));
        vertx.eventBus().<SessionBus.Kill>localConsumer(SessionBus.KILL, message -> {
            long id = message.body().id();
            killed.add(id);
            message.reply(sessions.stream().anyMatch(session -> session.id() == id));
        });
    }

    /** Shows it at an address; returns that with the true port. */
    Address listen(Address address, AdminOptions options, long ownUid) throws Exception {
        AdminSite site = new AdminSite(vertx, contexts, vertx.createSharedWorkerExecutor("documents", 2), this, options,
                ownUid);
        ListenerVerticle listener = new ListenerVerticle(transport, address, Path.of("/"), new EventLoopBalance(vertx),
                site::accept).atOnce().mode(options.mode());
        deployment = vertx.deployVerticle(listener).await(60, TimeUnit.SECONDS);
        return listener.address();
    }

    /** Stops listening. */
    void leave() throws Exception {
        vertx.undeploy(deployment).await(60, TimeUnit.SECONDS);
    }

    /** Adds a cluster of two nodes that nobody watches. */
    void cluster() throws Exception {
        Clusters clusters = new Clusters(vertx, _ -> _ -> {
            throw new IllegalStateException("nobody watches");
        });
        Address other = new Address.UnixPath("/run/<db>.sock");
        clusters.of(List.of(Rows.SERVER, other), ClusterSettings.UNWATCHED);
        clusters.start().await(60, TimeUnit.SECONDS);
    }

    /** Adds a cluster whose nodes are in all kinds of states. */
    void watchedCluster() throws Exception {
        Address replica = Address.inet(InetAddress.ofLiteral("10.0.0.2"), 3306);
        Address dead = Address.inet(InetAddress.ofLiteral("10.0.0.3"), 3306);
        Map<Address, CheckResult> results = Map.of(
                Rows.SERVER, new CheckResult(NodeState.ALIVE, "alive", Duration.ofMillis(2), Optional.empty()),
                replica, new CheckResult(NodeState.READ_ONLY, "read only", Duration.ofMillis(3),
                        Optional.of(Duration.ofMillis(1200))),
                dead, new CheckResult(NodeState.DEAD, "Failed to connect to 10.0.0.3:3306: Connection refused",
                        Duration.ofMillis(1), Optional.empty()));
        Probe probe = server -> Future.succeededFuture(Objects.requireNonNull(results.get(server)));
        Clusters clusters = new Clusters(vertx, _ -> probe);
        Monitoring monitoring = new Monitoring(CheckSettings.GREETING, Duration.ofSeconds(20), 1, 1,
                Duration.ofSeconds(30));
        clusters.of(List.of(Rows.SERVER, replica, dead), new ClusterSettings(Optional.of("shop"),
                Optional.of(monitoring), false, Map.of(Rows.SERVER, 2.5)));
        clusters.start().await(60, TimeUnit.SECONDS);
    }

    @Override
    public DaemonRow daemon() {
        return new DaemonRow("1.2.3", "/etc/<config>.lua", 4711, Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Override
    public DaemonState state() {
        return state;
    }

    @Override
    public AdmissionSnapshot admissions() {
        return new AdmissionSnapshot(
                new ClientLimits(OptionalInt.of(1000), OptionalInt.empty(), OptionalInt.of(50)), 2, 1, 1, 7);
    }

    @Override
    public Optional<DrainProgress> drain() {
        return drain;
    }

    @Override
    public ScriptRow script() {
        return new ScriptRow("luajit", 3, 2);
    }

    @Override
    public Future<String> reload() {
        reloads.incrementAndGet();
        return reloaded;
    }

    @Override
    public List<ListenerRow> listeners() {
        return List.of(new ListenerRow("@myproxy", "mysql", true, OptionalLong.of(12345)),
                new ListenerRow("127.0.0.1:9100", "prometheus", true, OptionalLong.of(7)),
                new ListenerRow("/run/control", "control", true, OptionalLong.empty()));
    }

    void close() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
    }
}
