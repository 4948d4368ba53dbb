package dev.myproxy.dist;

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
import java.nio.file.Path;

/** The sockets that commands come to. What they do to sessions travels over the event bus. */
final class ControlListeners {

    private final EventBus bus;
    private final Binder binder;
    private final Path base;
    private final ControlMeters meters;

    /** @param base directory that relative socket paths start from */
    ControlListeners(EventBus bus, Binder binder, Path base, MeterRegistry meters) {
        this.bus = bus;
        this.binder = binder;
        this.base = base;
        this.meters = new ControlMeters(meters);
    }

    /** @throws IOException with the text that the script sees */
    void bind(Address address, ControlOptions options) throws IOException {
        ControlVerticle listener = new ControlVerticle(address, base, options, this::disconnect, meters);
        binder.deploy(listener, listener::address, listener::isReading);
    }

    private Future<Integer> disconnect(ByteString account) {
        return bus.<Integer>request(SessionBus.DISCONNECT, new SessionBus.Disconnect(account)).map(Message::body);
    }

    Future<?> close() {
        return binder.close();
    }
}
