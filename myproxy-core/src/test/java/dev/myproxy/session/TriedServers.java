package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Upstream;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Servers in the order in which they are to be tried, and what they were said to be. */
final class TriedServers implements Upstream {

    private final List<Address> servers;
    private final int pretended;
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private TriedServers(List<Address> servers, int pretended) {
        this.servers = servers;
        this.pretended = pretended;
    }

    static TriedServers of(Address... servers) {
        return new TriedServers(List.of(servers), 0);
    }

    /** Says that there are many more behind each but the last one, so that its share of the time is small. */
    TriedServers hasty() {
        return new TriedServers(servers, 1000);
    }

    /** {@code failed: reason}, {@code overloaded: reason}, {@code reached}. */
    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public Future<Candidates> candidates(ByteString account, boolean readOnly) {
        Iterator<Address> rest = servers.iterator();
        int[] given = new int[1];
        return Future.succeededFuture(new Candidates() {
            @Override
            public Optional<Address> next() {
                given[0]++;
                return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
            }

            @Override
            public int left() {
                int left = servers.size() - given[0];
                return left > 1 ? left + pretended : left;
            }

            @Override
            public void failed(String reason) {
                told.add("failed: " + reason);
            }

            @Override
            public void overloaded(String reason) {
                told.add("overloaded: " + reason);
            }

            @Override
            public void reached() {
                told.add("reached");
            }
        });
    }
}
