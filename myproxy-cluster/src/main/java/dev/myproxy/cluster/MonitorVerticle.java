package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.session.SessionBus;
import dev.myproxy.transport.ErrorText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches the nodes of one cluster, each on a schedule of its own, and tells the event bus what it finds:
 * {@link ClusterBus#CHECKED}, {@link ClusterBus#CHANGED}, {@link SessionBus#GREETED}, and {@link SessionBus#LEAVE} if sessions
 * are to leave nodes that are not fit. Logs each change of a state with its reason.
 */
final class MonitorVerticle extends VerticleBase {

    /** How long a promotion is waited for with frequent checks. */
    private static final Duration PROMOTION = Duration.ofMinutes(5);

    private final Cluster cluster;
    private final NodeTable nodes;
    private final CheckPace pace;
    private final Probe probe;
    private final StateLog log;
    private final boolean watchesWrites;
    private final List<CheckSchedule> schedules = new ArrayList<>();

    MonitorVerticle(Cluster cluster, Monitoring monitoring, Probe probe) {
        this.cluster = cluster;
        this.nodes = cluster.table();
        this.pace = CheckPace.of(monitoring);
        this.probe = probe;
        this.watchesWrites = monitoring.check().tellsWrites();
        this.log = new StateLog(cluster.settings().name());
    }

    @Override
    public Future<?> start() {
        for (int i = 0; i < nodes.size(); i++) {
            int node = i;
            schedules.add(new CheckSchedule(vertx, pace, () -> check(node), result -> take(node, result)));
        }
        nodes.onDoubt(node -> context.runOnContext(_ -> schedules.get(node).ask()));
        schedules.forEach(CheckSchedule::check);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        nodes.onDoubt(_ -> {});
        schedules.forEach(CheckSchedule::stop);
        probe.close();
        return Future.succeededFuture();
    }

    /** On this verticle's context, wherever the probe completes its future. Fails if nothing was found. */
    private Future<CheckResult> check(int node) {
        Promise<CheckResult> checked = Promise.promise();
        long begin = System.nanoTime();
        Future.future((Promise<CheckResult> probed) -> probe.check(nodes.address(node)).onComplete(probed))
                .recover(e -> e instanceof NotCheckedException
                        ? Future.failedFuture(e)
                        : Future.succeededFuture(new CheckResult(NodeState.DEAD, ErrorText.of(e),
                                Duration.ofNanos(System.nanoTime() - begin), Optional.empty())))
                .onComplete(result -> context.runOnContext(_ -> checked.handle(result)));
        return checked.future()
                .onFailure(e -> log.notChecked(nodes.status(node), String.valueOf(e.getMessage()), System.nanoTime()));
    }

    private boolean take(int node, CheckResult result) {
        NodeTable.Change change = nodes.checked(node, result);
        EventBus bus = vertx.eventBus();
        result.greeting().ifPresent(greeting -> bus.publish(SessionBus.GREETED, new SessionBus.Greeted(cluster,
                nodes.address(node), greeting.version(), greeting.offered())));
        if (change.isChange()) {
            log.changed(change.from(), change.now());
            bus.publish(ClusterBus.CHANGED, new ClusterBus.Changed(cluster, change.from(), change.now()));
        }
        cluster.readiness().update();
        bus.publish(ClusterBus.CHECKED, new ClusterBus.Checked(cluster, change.now()));
        if (cluster.settings().disconnectUnavailable()) {
            List<NodeStatus> now = cluster.nodes();
            leave(Departures.ofWriters(now, change.now(), change.isChange()), false);
            leave(Departures.ofReaders(now, change.now(), change.isChange()), true);
        }
        if (watchesWrites && change.isChange() && change.from() == NodeState.ALIVE) {
            // another node may be the primary now
            schedules.forEach(CheckSchedule::ask);
        }
        return nodes.health(node).isChanging() || (watchesWrites && nodes.awaitsPromotion(PROMOTION));
    }

    private void leave(List<NodeStatus> left, boolean readOnly) {
        if (!left.isEmpty()) {
            Set<Address> servers = left.stream().map(NodeStatus::address).collect(Collectors.toUnmodifiableSet());
            vertx.eventBus().publish(SessionBus.LEAVE,
                    new SessionBus.Leave(cluster, servers, readOnly, StateLog.summary(left)));
        }
    }
}
