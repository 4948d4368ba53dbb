package dev.myproxy.listen;

import io.netty.channel.EventLoop;
import java.util.function.Consumer;

/** What a listener tells clients for whom the process has no descriptor. */
public final class Refusal {

    private final byte[] packet;
    private final Consumer<EventLoop> told;

    /**
     * @param packet what they get before the connection is closed
     * @param told   hears of each of them, on the event loop of the listener
     */
    public Refusal(byte[] packet, Consumer<EventLoop> told) {
        this.packet = packet.clone();
        this.told = told;
    }

    byte[] packet() {
        return packet;
    }

    void told(EventLoop loop) {
        told.accept(loop);
    }
}
