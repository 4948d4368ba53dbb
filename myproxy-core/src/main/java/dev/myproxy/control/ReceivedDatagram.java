package dev.myproxy.control;

import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a datagram holds, in the form that {@link ControlDatagram} writes. It is good as a whole, or not at all. */
public sealed interface ReceivedDatagram {

    /** A good one, with its commands in order; perhaps there are none. */
    record Commands(List<ReceivedCommand> all) implements ReceivedDatagram {}

    /**
     * A bad one, of which nothing is to be done.
     *
     * @param text says what is wrong with it
     */
    record Malformed(Defect defect, String text) implements ReceivedDatagram {}

    /** What is wrong with a datagram. */
    enum Defect {
        /** It does not begin with the magic, or is too short for that. */
        WRONG_MAGIC,
        /** What follows the magic is no multiple of 4 bytes. */
        ODD_LENGTH,
        /** Its last command has a longer payload than there are bytes left. */
        PARTIAL_PAYLOAD,
        /** It has more bytes than a datagram over UDP can have. */
        TOO_LONG;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The name in metrics. */
        public String label() {
            return label;
        }
    }

    /** Reads a datagram. */
    static ReceivedDatagram read(byte[] datagram) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        if (datagram.length > ControlDatagram.LARGEST) {
            return new Malformed(Defect.TOO_LONG, "longer than " + ControlDatagram.LARGEST + " bytes");
        }
        if (bytes.remaining() < Integer.BYTES || bytes.getInt() != ControlDatagram.MAGIC) {
            return new Malformed(Defect.WRONG_MAGIC, "wrong magic");
        }
        if (bytes.remaining() % ControlDatagram.ALIGNMENT != 0) {
            return new Malformed(Defect.ODD_LENGTH, "odd control packet (length=" + bytes.remaining() + ")");
        }
        List<ReceivedCommand> commands = new ArrayList<>();
        // what is left is a multiple of 4 each time, so there are no partial headers
        while (bytes.hasRemaining()) {
            int length = Short.toUnsignedInt(bytes.getShort());
            int code = Short.toUnsignedInt(bytes.getShort());
            if (length > bytes.remaining()) {
                return new Malformed(Defect.PARTIAL_PAYLOAD,
                        "partial payload (length=" + bytes.remaining() + ", expected=" + length + ")");
            }
            int begin = bytes.position();
            commands.add(new ReceivedCommand(ControlCommand.of(code),
                    ByteString.copyOf(datagram, begin, begin + length)));
            bytes.position(begin + length + ControlDatagram.padding(length));
        }
        return new Commands(List.copyOf(commands));
    }
}
