package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The end of definitions or rows without DEPRECATE_EOF.
 *
 * <pre>
 * 1  FE
 *    -- with PROTOCOL_41
 * 2  warnings
 * 2  status flags
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_eof_packet.html">EOF</a>
 *
 * @param warnings count
 * @param status   see {@link ServerStatus}
 */
public record EofPacket(int warnings, int status) {

    /** The first byte. */
    public static final int HEADER = 0xfe;

    /** The length of the payload with PROTOCOL_41. */
    static final int BYTES = 5;

    public static EofPacket read(ByteBuf payload, Capabilities capabilities) {
        Fields.expect(payload, HEADER);
        EofPacket eof = capabilities.has(Capability.PROTOCOL_41)
                ? new EofPacket(Fields.readShort(payload), Fields.readShort(payload))
                : new EofPacket(0, 0);
        if (payload.isReadable()) {
            throw new MalformedPacketException("Not an EOF packet");
        }
        return eof;
    }

    /** Appends the payload. */
    public void write(ByteBuf to, Capabilities capabilities) {
        to.writeByte(HEADER);
        if (capabilities.has(Capability.PROTOCOL_41)) {
            to.writeShortLE(warnings).writeShortLE(status);
        }
    }
}
