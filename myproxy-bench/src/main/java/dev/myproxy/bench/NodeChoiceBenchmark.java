package dev.myproxy.bench;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterSettings;
import dev.myproxy.cluster.Clusters;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import java.util.stream.IntStream;

/** The choice of an account's server among those of a cluster: once per login. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NodeChoiceBenchmark {

    private static final int ACCOUNTS = 1 << 10;
    private static final int PORT = 3306;

    @Param({"3", "10", "100"})
    private int nodes;

    private final Vertx vertx = Vertx.vertx();
    private final List<ByteString> accounts = IntStream.range(0, ACCOUNTS).mapToObj(i -> ByteString.of("account" + i))
            .toList();
    private List<Cluster> clusters = List.of();
    private int next;

    /** Makes a cluster whose servers weigh the same, and one where one weighs more. */
    @Setup
    public void build() {
        List<Address> servers = IntStream.rangeClosed(1, nodes)
                .mapToObj(i -> Address.inet(InetAddress.ofLiteral("192.0.2." + i), PORT)).toList();
        Clusters all = new Clusters(vertx, _ -> {
            throw new IllegalStateException("nobody watches these servers");
        });
        clusters = List.of(all.of(servers, ClusterSettings.UNWATCHED), all.of(servers,
                new ClusterSettings(Optional.empty(), Optional.empty(), false, Map.of(servers.getFirst(), 2.0))));
    }

    @TearDown
    public void close() {
        vertx.close().await();
    }

    private Address choose(Cluster cluster) {
        ByteString account = accounts.get(next++ & (ACCOUNTS - 1));
        return cluster.candidates(account, false).result().next().orElseThrow();
    }

    @Benchmark
    public Address equal() {
        return choose(clusters.getFirst());
    }

    @Benchmark
    public Address weighted() {
        return choose(clusters.getLast());
    }
}
