package dev.myproxy.lua.script;

import dev.myproxy.address.Address;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.Clusters;
import dev.myproxy.cluster.SharedClusters;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.lua.lib.cluster.ClusterLibrary;
import dev.myproxy.lua.lib.cluster.RealClusters;
import dev.myproxy.lua.net.Network;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The real outside, but for the servers of clusters: the test says what a check finds; all of them work at first. */
final class ScriptedClusters {

    private final Map<String, CheckResult> found = new ConcurrentHashMap<>();
    private final Map<String, Integer> checks = new ConcurrentHashMap<>();

    /** What the next checks of a server find. */
    void set(String address, NodeState state, String reason) {
        found.put(address, new CheckResult(state, reason, Duration.ofMillis(5), Optional.of(Duration.ofSeconds(3))));
    }

    /** How often a server was checked. */
    int checks(String address) {
        return checks.getOrDefault(address, 0);
    }

    private Future<CheckResult> check(Address server) {
        checks.merge(server.toString(), 1, Integer::sum);
        return Future.succeededFuture(found.getOrDefault(server.toString(),
                new CheckResult(NodeState.ALIVE, "ok", Duration.ofMillis(5), Optional.empty())));
    }

    Outside outside(Vertx vertx) {
        return new WithClusters(Outside.real(vertx), new Clusters(vertx, _ -> this::check));
    }

    private record WithClusters(Outside real, Clusters clusters) implements Outside {

        @Override
        public List<LuaLibrary> replacements(LibrarySetup setup) {
            return List.of(new ClusterLibrary(setup, new RealClusters(new SharedClusters(clusters))));
        }

        @Override
        public Instant now() {
            return real.now();
        }

        @Override
        public long nanoTime() {
            return real.nanoTime();
        }

        @Override
        public Runnable after(Duration delay, Runnable command) {
            return real.after(delay, command);
        }

        @Override
        public Future<Address> resolve(ParsedAddress.Named name) {
            return real.resolve(name);
        }

        @Override
        public Address resolveBlocking(ParsedAddress.Named name) throws dev.myproxy.address.AddressException {
            return real.resolveBlocking(name);
        }

        @Override
        public Network network() {
            return real.network();
        }

        @Override
        public Map<String, String> environment() {
            return real.environment();
        }
    }
}
