package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.metrics.Server;
import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.metrics.Servers;
import dev.myproxy.metrics.Tally;
import dev.myproxy.session.meters.TlsMeters;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.TlsFailureKind;
import io.netty.channel.EventLoop;
import java.util.Optional;

/** Where a session counts what the server does that it is at, or on the way to. Lives on the session's event loop. */
final class ServerSeat {

    private final Servers servers;
    private final EventLoop loop;
    private final TlsMeters tls;
    private Optional<Server> taken = Optional.empty();
    private Optional<Encryption> encryption = Optional.empty();

    ServerSeat(Servers servers, EventLoop loop, TlsMeters tls) {
        this.servers = servers;
        this.loop = loop;
        this.tls = tls;
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
        encryption.ifPresent(over -> tls.left(over.version()));
        encryption = Optional.empty();
    }

    /**
     * The connection to the server is encrypted now.
     *
     * @param nanos how long the handshake took
     */
    void encrypted(Encryption agreed, long nanos) {
        encryption = Optional.of(agreed);
        tls.shaken(agreed.version(), nanos);
        count(ServerCounter.TLS_OK);
    }

    /** The connection to the server could not be encrypted. */
    void notEncrypted(TlsFailureKind why) {
        tls.failed(why);
        count(ServerCounter.TLS_ERR);
    }

    /** What the connection to the server is encrypted with, if it is. */
    Optional<Encryption> encryption() {
        return encryption;
    }

    void count(ServerCounter counter) {
        tally().add(counter, 1);
    }

    /** The counters of the server. */
    Tally<ServerCounter> tally() {
        return taken.orElseThrow().on(loop);
    }
}
