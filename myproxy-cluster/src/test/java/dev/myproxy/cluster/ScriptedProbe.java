package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds what a test has told it. A server of which nothing was told is never done. */
final class ScriptedProbe implements Probe {

    final List<Address> checked = new CopyOnWriteArrayList<>();
    final AtomicBoolean closed = new AtomicBoolean();
    private final Map<Address, Future<CheckResult>> found = new ConcurrentHashMap<>();
    private final Map<Address, Promise<CheckResult>> hanging = new ConcurrentHashMap<>();

    @Override
    public Future<CheckResult> check(Address server) {
        checked.add(server);
        Promise<CheckResult> promise = Promise.promise();
        if (hanging.putIfAbsent(server, promise) != null) {
            throw new AssertionError("two checks of " + server + " at once");
        }
        Future<CheckResult> result = found.get(server);
        if (result != null) {
            hanging.remove(server);
            return result;
        }
        return promise.future();
    }

    @Override
    public void close() {
        closed.set(true);
    }

    /** From now on a server is so, which a check that is under way finds out too. */
    void find(String server, NodeState state) {
        find(server, Future.succeededFuture(result(state)));
    }

    void find(String server, Future<CheckResult> result) {
        Address address = TestNodes.address(server);
        found.put(address, result);
        Promise<CheckResult> waiting = hanging.remove(address);
        if (waiting != null) {
            result.onComplete(waiting);
        }
    }

    /** Further checks of a server never end. */
    void hang(String server) {
        found.remove(TestNodes.address(server));
    }

    long count(String server) {
        return checked.stream().filter(TestNodes.address(server)::equals).count();
    }

    static CheckResult result(NodeState state) {
        return new CheckResult(state, "it is " + state.label(), Duration.ofMillis(3), Optional.empty());
    }
}
