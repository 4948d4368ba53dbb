package dev.myproxy.dist;

import dev.myproxy.script.Where;
import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.control.listen.ControlMeters;
import dev.myproxy.control.listen.ControlVerticle;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.SessionBus;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** The sockets that commands come to. What they do to sessions travels over the event bus. */
final class ControlListeners {

    private final EventBus bus;
    private final Binder binder;
    private final Places places;
    private final ControlMeters meters;

    ControlListeners(EventBus bus, Binder binder, Places places, MeterRegistry meters) {
        this.bus = bus;
        this.binder = binder;
        this.places = places;
        this.meters = new ControlMeters(meters);
    }

    /** @throws IOException with the text that the script sees */
    void bind(Where where, ControlOptions options) throws IOException {
        switch (where) {
            case Where.At(Address address) -> want(new Place(address, options), options,
                    () -> new ControlVerticle(address, places.base(), options, this::disconnect, meters));
            case Where.Systemd(Optional<String> name) -> {
                for (InheritedSocket socket : places.inherited().take(name, InheritedSocket.Use.DATAGRAMS)) {
                    want(socket, options, () -> ControlVerticle.adopting(socket, options, this::disconnect, meters));
                }
            }
        }
    }

    /** Two are the same if they differ in who may send at most. */
    private record Place(Address address, Optional<InetAddress> group, Optional<String> networkInterface) {

        Place(Address address, ControlOptions options) {
            this(address, options.multicastGroup(), options.networkInterface());
        }
    }

    private void want(Object place, ControlOptions options, Supplier<ControlVerticle> maker) throws IOException {
        binder.want(place, ControlVerticle.class, maker, there -> there.allow(options), ControlVerticle::address,
                ControlVerticle::isReading);
    }

    private Future<Integer> disconnect(ByteString account) {
        return bus.<Integer>request(SessionBus.DISCONNECT, new SessionBus.Disconnect(account)).map(Message::body);
    }

    Future<?> close() {
        return binder.close();
    }
}
