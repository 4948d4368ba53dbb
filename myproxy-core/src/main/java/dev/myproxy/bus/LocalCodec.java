package dev.myproxy.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.Predicate;

/** Hands immutable messages from sender to receiver as they are. Works within one process only. */
public final class LocalCodec implements MessageCodec<Object, Object> {

    private static final String NAME = "myproxy.local";

    private LocalCodec() {}

    /**
     * Registers the codec for all messages that a predicate accepts. Once per event bus.
     *
     * @param accepts whether a message body travels with this codec
     */
    public static void register(EventBus bus, Predicate<Object> accepts) {
        bus.registerCodec(new LocalCodec());
        bus.codecSelector(body -> accepts.test(body) ? NAME : null);
    }

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        throw new UnsupportedOperationException("local messages only");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("local messages only");
    }

    @Override
    public Object transform(Object message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
