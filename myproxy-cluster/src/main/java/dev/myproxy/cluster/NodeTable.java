package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.protocol.Quoting;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The nodes of a cluster, by their numbers, and their health. Safe to use from every thread; nobody waits for another. */
final class NodeTable {

    /** How long failures of sessions count if no check follows. */
    private static final Duration SUSPICION = Duration.ofSeconds(10);

    private final Rendezvous rendezvous;
    private final int rise;
    private final int fall;
    private final Duration suspicion;
    private final Supplier<Moment> clock;
    private final AtomicReferenceArray<NodeHealth> health;
    private volatile IntConsumer doubtful = _ -> {};

    /** Which state a node was in before something happened, and how it is now. */
    record Change(NodeState from, NodeStatus now) {

        boolean isChange() {
            return from != now.state();
        }
    }

    NodeTable(Rendezvous rendezvous, Optional<Monitoring> monitoring, Supplier<Moment> clock) {
        this.rendezvous = rendezvous;
        this.rise = monitoring.map(Monitoring::rise).orElse(1);
        this.fall = monitoring.map(Monitoring::fall).orElse(1);
        this.suspicion = SUSPICION.plus(monitoring.map(watch -> watch.check().timeout()).orElse(Duration.ZERO));
        this.clock = clock;
        Moment now = clock.get();
        NodeHealth[] unknown = new NodeHealth[rendezvous.nodes().size()];
        Arrays.fill(unknown, NodeHealth.unknown(now));
        this.health = new AtomicReferenceArray<>(unknown);
    }

    Rendezvous rendezvous() {
        return rendezvous;
    }

    int size() {
        return health.length();
    }

    Address address(int node) {
        return rendezvous.nodes().get(node).address();
    }

    NodeHealth health(int node) {
        return health.get(node);
    }

    /** Who is told, on the thread of a session, that it has seen something else of a node than the last check. */
    void onDoubt(IntConsumer listener) {
        doubtful = listener;
    }

    /** Begins with what another cluster knows of the same servers. */
    void learnFrom(NodeTable other) {
        Map<Address, NodeHealth> known = IntStream.range(0, other.size()).boxed()
                .collect(Collectors.toMap(other::address, other::health));
        unchecked().forEach(node -> Optional.ofNullable(known.get(address(node)))
                .ifPresent(found -> health.set(node, found.settled())));
    }

    Change checked(int node, CheckResult result) {
        return checked(node, result, rise, fall);
    }

    /** As {@link #checked}, but decides at once. */
    Change declared(int node, CheckResult result) {
        return checked(node, result, 1, 1);
    }

    private Change checked(int node, CheckResult result, int needed, int allowed) {
        Moment now = clock.get();
        NodeHealth before = health.getAndUpdate(node, old -> old.checked(result, needed, allowed, now));
        return new Change(before.state(), status(node));
    }

    void failed(int node, String reason) {
        suspect(node, 1, reason);
    }

    void overloaded(int node, String reason) {
        suspect(node, 0, reason);
    }

    private void suspect(int node, int failures, String reason) {
        Moment now = clock.get();
        String line = Quoting.oneLine(reason);
        if (update(node, old -> old.suspect(failures, line, fall, now))) {
            doubtful.accept(node);
        }
    }

    void reached(int node) {
        update(node, NodeHealth::reached);
        if (health.get(node).state() == NodeState.DEAD) {
            doubtful.accept(node);
        }
    }

    /** Changes the health of a node; false if there is nothing to change. */
    private boolean update(int node, UnaryOperator<NodeHealth> change) {
        while (true) {
            NodeHealth old = health.get(node);
            NodeHealth next = change.apply(old);
            if (next.equals(old)) {
                return false;
            }
            if (health.compareAndSet(node, old, next)) {
                return true;
            }
        }
    }

    /** The rank of a node for a session: the higher, the better. */
    int rank(int node, boolean readOnly) {
        NodeHealth now = health.get(node);
        return now.rank(readOnly, now.isChanging() && now.isSuspect(suspicion, clock.get().nanos()));
    }

    NodeStatus status(int node) {
        NodeHealth now = health.get(node);
        boolean suspect = now.isSuspect(suspicion, clock.get().nanos());
        String reason = suspect && now.against() == 0
                ? now.suspicion().map(NodeHealth.Suspicion::reason).orElse(now.reason())
                : now.reason();
        return new NodeStatus(address(node), now.state(), suspect, rendezvous.weight(node),
                reason, now.since(), now.checkTook(), now.lag());
    }

    List<NodeStatus> statuses() {
        return IntStream.range(0, size()).mapToObj(this::status).toList();
    }

    /**
     * Whether no node takes writes, and that has been so for a short time only: somebody may be about to promote one.
     *
     * @param shortTime since the last change of any node
     */
    boolean awaitsPromotion(Duration shortTime) {
        Instant begin = clock.get().time().minus(shortTime);
        boolean recent = false;
        for (int node = 0; node < size(); node++) {
            NodeHealth now = health.get(node);
            if (now.isWritable()) {
                return false;
            }
            recent |= now.since().isAfter(begin);
        }
        return recent;
    }

    /** The nodes that have not been checked. */
    IntStream unchecked() {
        return IntStream.range(0, size()).filter(node -> health.get(node).state() == NodeState.UNKNOWN);
    }

    /** Whether a login can find a fit node: one is alive, or all have been checked. */
    boolean isReady() {
        boolean unknown = false;
        for (int node = 0; node < size(); node++) {
            switch (health.get(node).state()) {
                case ALIVE, OVERLOADED -> {
                    return true;
                }
                case UNKNOWN -> unknown = true;
                default -> {
                    // its check is done
                }
            }
        }
        return !unknown;
    }
}
