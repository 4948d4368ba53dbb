package dev.myproxy.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Hands {@linkplain LocalMessage local messages} from sender to receiver as they are. Works within one process only. */
public final class LocalCodec implements MessageCodec<Object, Object> {

    private static final String NAME = "myproxy.local";

    private LocalCodec() {}

    /** Teaches an event bus to carry {@linkplain LocalMessage local messages}. Call it once per Vert.x instance. */
    public static void register(EventBus bus) {
        bus.registerCodec(new LocalCodec());
        bus.codecSelector(body -> body instanceof LocalMessage ? NAME : null);
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
