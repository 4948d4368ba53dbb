package dev.myproxy.it.same;

import dev.myproxy.peers.Packet;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A packet that came.
 *
 * @param packet   of a large one only the beginning
 * @param checksum of the payload of a large one, or 0
 */
record Seen(Packet packet, long checksum) {

    private static final int KEPT_BYTES = 1 << 16;

    static Seen of(Packet packet) {
        if (packet.length() <= KEPT_BYTES) {
            return new Seen(packet, 0);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(packet.payload());
        return new Seen(new Packet(packet.sequence(), packet.length(), Arrays.copyOf(packet.payload(), KEPT_BYTES)),
                checksum.getValue());
    }

    @Override
    public String toString() {
        return packet + (checksum == 0 ? "" : " with checksum " + checksum);
    }
}
