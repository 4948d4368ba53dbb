package dev.myproxy.peers;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads packets from a {@link Wire} and remembers all that came, whole packets and the beginning of one, and how it ended. */
final class Hearing {

    private final Wire wire;
    private final List<Packet> packets = new ArrayList<>();
    private ByteBuffer in = ByteBuffer.allocate(4096);
    private Heard.Ending ending = Heard.Ending.OPEN;

    Hearing(Wire wire) {
        this.wire = wire;
    }

    /** Reads until there are so many packets in all; false if the stream, or an ERR, ended it before. */
    boolean await(int count) {
        while (packets.size() < count && !isOver()) {
            receive();
        }
        return packets.size() >= count && !lastIsErr();
    }

    /** Reads to the end of the stream. */
    Heard toEnd() {
        while (ending == Heard.Ending.OPEN) {
            receive();
        }
        return soFar();
    }

    /** What has come until now; nothing more can be read. */
    Heard soFar() {
        byte[] tail = new byte[in.position()];
        in.flip().get(tail);
        return new Heard(List.copyOf(packets), tail, ending);
    }

    private boolean isOver() {
        return ending != Heard.Ending.OPEN || lastIsErr();
    }

    private boolean lastIsErr() {
        return !packets.isEmpty() && packets.getLast().isErr();
    }

    private void receive() {
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
        }
        try {
            if (wire.readSome(in) < 0) {
                ending = Heard.Ending.END;
            }
        } catch (SocketTimeoutException _) {
            ending = Heard.Ending.SILENCE;
        } catch (IOException _) {
            ending = Heard.Ending.RESET;
        }
        take();
    }

    private void take() {
        in.flip();
        while (in.remaining() >= 4) {
            int header = in.order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(in.position());
            int length = header & Packet.MAX;
            if (in.remaining() < 4 + length) {
                break;
            }
            byte[] payload = new byte[length];
            in.position(in.position() + 4).get(payload);
            packets.add(new Packet(header >>> 24, length, payload));
        }
        in.compact();
    }
}
