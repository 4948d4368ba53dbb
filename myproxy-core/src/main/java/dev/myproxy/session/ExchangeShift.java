package dev.myproxy.session;

import dev.myproxy.protocol.SequenceShift;
import io.netty.buffer.ByteBuf;

/**
 * Both directions of an exchange whose command took another number of packets at the server than at the client: sequence
 * ids are changed on the way.
 */
final class ExchangeShift {

    private final SequenceShift toClient;
    private final SequenceShift toServer;

    /** @param difference how many packets more the client's command had */
    ExchangeShift(int difference) {
        toClient = new SequenceShift(difference);
        toServer = new SequenceShift(-difference);
    }

    void toClient(ByteBuf data) {
        toClient.apply(data);
    }

    void toServer(ByteBuf data) {
        toServer.apply(data);
    }

    /** The client's sequence id where the server's is this one. */
    int atClient(int sequenceId) {
        return toClient.of(sequenceId);
    }
}
