package dev.myproxy.control;

import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A datagram with commands, in the making. All numbers are big-endian:
 *
 * <pre>
 * 4   magic 0x63046101
 * then for each command:
 * 2   length of the payload
 * 2   command
 * n   payload
 * 0-3 zeroes, up to a multiple of 4
 * </pre>
 *
 * <p>The format is that of CM4all's control protocol (libcommon, net/control).
 */
public final class ControlDatagram {

    /** The UDP port of listeners and clients where none is given. */
    public static final int DEFAULT_PORT = 5478;

    /** The largest payload of one command. */
    public static final int LONGEST_PAYLOAD = 0xffff;

    /** The largest datagram that UDP carries. */
    public static final int LARGEST = 65507;

    static final int MAGIC = 0x63046101;
    static final int ALIGNMENT = 4;
    private static final int HEADER = 4;

    private final ByteBuf bytes = Unpooled.buffer().writeInt(MAGIC);

    /**
     * Appends a command.
     *
     * @return whether it fitted in; if not, nothing has changed
     */
    public boolean add(ControlCommand command, ByteString payload) {
        int padding = padding(payload.length());
        if (payload.length() > LONGEST_PAYLOAD
                || bytes.readableBytes() + HEADER + payload.length() + padding > LARGEST) {
            return false;
        }
        bytes.writeShort(payload.length()).writeShort(command.code());
        payload.writeTo(bytes);
        bytes.writeZero(padding);
        return true;
    }

    /** How many zeroes follow a payload. */
    static int padding(int length) {
        return -length & (ALIGNMENT - 1);
    }

    /** What is to be sent; without commands only the magic. */
    public ByteString toBytes() {
        return ByteString.read(bytes.duplicate(), bytes.readableBytes());
    }
}
