package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.admin.ListenerRow;
import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.script.Where;
import dev.myproxy.transport.Transport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deploys the listeners of one kind, while the configuration is loading. Safe to use from every thread. */
final class Binder {

    private final Deployer deployer;
    private final Transport transport;
    private final Places places;
    private final EventLoopBalance loops;
    private final String kind;
    private final List<Bound> bound = new CopyOnWriteArrayList<>();

    private record Bound(String deployment, Supplier<ListenerRow> row) {}

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
    }

    /**
     * Binds a socket that accepts when all others do, or takes inherited ones. Blocks the calling thread.
     *
     * @throws IOException with the text that the script sees
     */
    void bind(Where where, Consumer<AcceptedClient> consumer) throws IOException {
        deploy(where, consumer, listener -> listener);
    }

    /** The same for a socket that accepts from now on. */
    void open(Where where, Consumer<AcceptedClient> consumer) throws IOException {
        deploy(where, consumer, ListenerVerticle::atOnce);
    }

    /**
     * The same for a socket that accepts from now on.
     *
     * @param mode permissions of the file of a new Unix socket
     */
    void open(Where where, int mode, Consumer<AcceptedClient> consumer) throws IOException {
        deploy(where, consumer, listener -> listener.atOnce().mode(mode));
    }

    private void deploy(Where where, Consumer<AcceptedClient> consumer, UnaryOperator<ListenerVerticle> settings)
            throws IOException {
        switch (where) {
            case Where.At(Address address) -> deployCounted(counted -> settings.apply(
                    new ListenerVerticle(transport, address, places.base(), loops, counted)), consumer);
            case Where.Systemd(Optional<String> name) -> {
                for (InheritedSocket socket : places.inherited().take(name, InheritedSocket.Use.CLIENTS)) {
                    deployCounted(counted -> settings.apply(
                            ListenerVerticle.adopting(transport, socket, loops, counted)), consumer);
                }
            }
        }
    }

    private void deployCounted(Function<Consumer<AcceptedClient>, ListenerVerticle> maker,
            Consumer<AcceptedClient> consumer) throws IOException {
        LongAdder accepted = new LongAdder();
        ListenerVerticle listener = maker.apply(client -> {
            accepted.increment();
            consumer.accept(client);
        });
        deploy(listener, () -> new ListenerRow(listener.address().toString(), kind, listener.isAccepting(),
                OptionalLong.of(accepted.sum())));
    }

    /**
     * Deploys a listener of another kind; fails as it does. Blocks the calling thread.
     *
     * @param address   its address, once it is bound
     * @param accepting whether it does its work now
     */
    void deploy(VerticleBase listener, Supplier<Address> address, BooleanSupplier accepting) throws IOException {
        deploy(listener, () -> new ListenerRow(address.get().toString(), kind, accepting.getAsBoolean(),
                OptionalLong.empty()));
    }

    private void deploy(VerticleBase listener, Supplier<ListenerRow> row) throws IOException {
        bound.add(new Bound(deployer.deploy(listener, new DeploymentOptions()), row));
    }

    /** How many sockets are bound. */
    int count() {
        return bound.size();
    }

    /** What is shown of the sockets. */
    List<ListenerRow> rows() {
        return bound.stream().map(each -> each.row().get()).toList();
    }

    /** Closes all sockets. */
    Future<?> close() {
        return Future.join(bound.stream().map(each -> deployer.undeploy(each.deployment())).toList());
    }
}
