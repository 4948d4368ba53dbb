package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.admin.ListenerRow;
import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.ClientHost;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.listen.Refusal;
import dev.myproxy.script.Where;
import dev.myproxy.transport.ErrorText;
import dev.myproxy.transport.Transport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys the listeners of one kind, while the configuration is loading. Safe to use from every thread. */
final class Binder {

    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

    private final Deployer deployer;
    private final Transport transport;
    private final Places places;
    private final EventLoopBalance loops;
    private final String kind;
    private final Turnover turnover;

    /**
     * @param kind  what the listeners are for, in one word
     * @param loops shared by all listeners
     */
    Binder(String kind, Deployer deployer, Transport transport, Places places, EventLoopBalance loops) {
        this.kind = kind;
        this.deployer = deployer;
        this.transport = transport;
        this.places = places;
        this.loops = loops;
        this.turnover = new Turnover(deployer::undeploy);
    }

    /** The sockets, and what becomes of them when the configuration is loaded again. */
    Turnover turnover() {
        return turnover;
    }

    /**
     * Binds a socket that accepts when all others do, or takes inherited ones. Blocks the calling thread.
     *
     * @param host    as in {@link Door}
     * @param refusal for clients without a descriptor
     * @throws IOException with the text that the script sees
     */
    void bind(Where where, ClientHost host, Refusal refusal) throws IOException {
        want(where, host, OptionalInt.empty(), listener -> listener.refusing(refusal));
    }

    /** The same for a socket that accepts from now on. */
    void open(Where where, Consumer<AcceptedClient> host) throws IOException {
        want(where, always(host), OptionalInt.empty(), ListenerVerticle::atOnce);
    }

    /**
     * The same for a socket that accepts from now on.
     *
     * @param mode permissions of the file of a new Unix socket
     */
    void open(Where where, int mode, Consumer<AcceptedClient> host) throws IOException {
        want(where, always(host), OptionalInt.of(mode), listener -> listener.atOnce().mode(mode));
    }

    private static ClientHost always(Consumer<AcceptedClient> host) {
        return client -> {
            host.accept(client);
            return true;
        };
    }

    private void want(Where where, ClientHost host, OptionalInt mode,
            UnaryOperator<ListenerVerticle> settings) throws IOException {
        switch (where) {
            case Where.At(Address address) -> wantAt(address, host, mode, door -> settings.apply(
                    new ListenerVerticle(transport, address, places.base(), loops, door)));
            case Where.Systemd(Optional<String> name) -> {
                for (InheritedSocket socket : places.inherited().take(name, InheritedSocket.Use.CLIENTS)) {
                    wantAt(socket, host, mode,
                            door -> settings.apply(ListenerVerticle.adopting(transport, socket, loops, door)));
                }
            }
        }
    }

    private void wantAt(Object place, ClientHost host, OptionalInt mode,
            Function<Door, ListenerVerticle> maker) throws IOException {
        turnover.want(place, Entrance.class, there -> there.takeOver(host, mode), () -> {
            Door door = new Door(host);
            ListenerVerticle listener = maker.apply(door);
            String deployment = deployer.deploy(listener, new DeploymentOptions());
            return new Turnover.Bound(place, new Entrance(listener, door), deployment,
                    () -> new ListenerRow(listener.address().toString(), kind, listener.isAccepting(),
                            OptionalLong.of(door.accepted())));
        });
    }

    /** A socket and who gets its clients. */
    private record Entrance(ListenerVerticle listener, Door door) {

        void takeOver(ClientHost host, OptionalInt mode) {
            door.lead(host);
            try {
                if (mode.isPresent()) {
                    listener.changeMode(mode.getAsInt());
                }
            } catch (IOException e) {
                LOG.warn("The permissions of {} stay as they were: {}", listener.address(), ErrorText.of(e));
            }
        }
    }

    /**
     * Deploys a listener of another kind, or takes over the one that is there; fails as it does. Blocks the calling thread.
     *
     * @param place     equal for those that can be taken over, which are of the same class
     * @param maker     makes it
     * @param takeOver  tells the one that is there what is new
     * @param address   its address, once it is bound
     * @param accepting whether it does its work now
     */
    <L extends VerticleBase> void want(Object place, Class<L> type, Supplier<L> maker, Consumer<L> takeOver,
            Function<L, Address> address, Predicate<L> accepting) throws IOException {
        turnover.want(place, type, takeOver, () -> {
            L listener = maker.get();
            return new Turnover.Bound(place, listener, deployer.deploy(listener, new DeploymentOptions()),
                    () -> new ListenerRow(address.apply(listener).toString(), kind, accepting.test(listener),
                            OptionalLong.empty()));
        });
    }

    /** How many sockets are bound. */
    int count() {
        return turnover.count();
    }

    /** What is shown of the sockets. */
    List<ListenerRow> rows() {
        return turnover.rows();
    }

    /** Closes all sockets. */
    Future<?> close() {
        return turnover.close();
    }
}
