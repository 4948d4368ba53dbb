package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.tls.ServerTls;
import dev.myproxy.transport.Closing;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * What a session has to do with servers: the one that it is at, or on the way to, the connection, and what it logs in with.
 * Lives on the session's event loop.
 */
final class ServerSide {

    private final ServerSeat seat;
    private final Residence residence;
    private Optional<Address> last = Optional.empty();
    private Optional<Route> route = Optional.empty();
    private Optional<Future<Channel>> connection = Optional.empty();
    private Optional<Credentials> credentials = Optional.empty();
    private Optional<ParkedServer> parked = Optional.empty();

    ServerSide(ServerSeat seat, Residence residence) {
        this.seat = seat;
        this.residence = residence;
    }

    /** The server that is connected to now. */
    void goesTo(Route next) {
        route = Optional.of(next);
        last = Optional.of(next.server());
        seat.take(next.server());
    }

    /** The connection to the server, made or being made, which ends with the session. */
    void goesThrough(Future<Channel> made) {
        connection = Optional.of(made);
    }

    /** The session will ask for a server anew, and waits at the one that it is at until it knows where to go. */
    void park(ParkedServer server) {
        server.park();
        residence.leave();
        parked = Optional.of(server);
        route = route.map(here -> new Route(here.upstream(), here.readOnly(), here.server(), server));
    }

    /**
     * The session goes to a server, or can stay there. If it can't, it leaves the one where it waited.
     *
     * @param tls what the connection has to be encrypted with, if it has to
     * @return where it waited, if it can stay there
     */
    Optional<ParkedServer> stay(Address server, Optional<ServerTls> tls) {
        Optional<ParkedServer> here = parked;
        parked = Optional.empty();
        here.filter(place -> !place.canStayAt(server, tls)).ifPresent(ParkedServer::leave);
        return here.filter(place -> place.canStayAt(server, tls));
    }

    /** The session stays where it waited, for another reason. */
    void staysAt(Route next) {
        route = Optional.of(next);
    }

    /** What the session logs in with, which is wiped when it ends. */
    void keep(Credentials secrets) {
        credentials = Optional.of(secrets);
    }

    /** The login is over: what the session has logged in with is wiped, and how it came here let go. */
    void arrive() {
        wipe();
        route = route.map(Route::arrived);
    }

    private void wipe() {
        credentials.ifPresent(Credentials::clear);
        credentials = Optional.empty();
    }

    /**
     * The session is over.
     *
     * @param limit how long the server may take to accept what is left for it
     */
    void end(Duration limit) {
        wipe();
        parked.ifPresent(ParkedServer::leave);
        residence.leave();
        connection.filter(made -> !made.cancel(false) && made.isSuccess())
                .ifPresent(made -> Closing.whenFlushed(made.getNow(), limit));
    }

    /** Which server the session is at, or on the way to. */
    Optional<Route> route() {
        return route;
    }

    /** The server that the session was at last. */
    Optional<Address> last() {
        return last;
    }

    /** What KILL has to know of the session. */
    Residence residence() {
        return residence;
    }

    /** Where the server is counted that the session is at. */
    ServerSeat seat() {
        return seat;
    }
}
