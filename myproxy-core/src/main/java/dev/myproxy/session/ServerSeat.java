package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.metrics.Server;
import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.metrics.Servers;
import dev.myproxy.metrics.Tally;
import io.netty.channel.EventLoop;
import java.util.Optional;

/** Where a session counts what the server does that it is at, or on the way to. Lives on the session's event loop. */
final class ServerSeat {

    private final Servers servers;
    private final EventLoop loop;
    private Optional<Server> taken = Optional.empty();

    ServerSeat(Servers servers, EventLoop loop) {
        this.servers = servers;
        this.loop = loop;
    }

    /** The session goes to a server, and leaves the one that it was at. */
    void take(Address address) {
        leave();
        Server server = servers.use(address);
        server.entered();
        taken = Optional.of(server);
    }

    /** The session is at no server any more. */
    void leave() {
        taken.ifPresent(server -> {
            server.left();
            servers.release(server);
        });
        taken = Optional.empty();
    }

    void count(ServerCounter counter) {
        tally().add(counter, 1);
    }

    /** The counters of the server. */
    Tally<ServerCounter> tally() {
        return taken.orElseThrow().on(loop);
    }
}
