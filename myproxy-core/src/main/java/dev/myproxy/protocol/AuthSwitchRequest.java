package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * A server asks for another authentication plugin.
 *
 * <pre>
 * 1  FE
 * n  plugin name, NUL
 * n  data, often a salt with a NUL behind it
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_switch_request.html">AuthSwitchRequest</a>
 *
 * @param plugin name
 * @param data   as it stands in the packet
 */
public record AuthSwitchRequest(ByteString plugin, ByteString data) {

    /** The first byte. */
    public static final int HEADER = 0xfe;

    /** Reads a payload. The form without name, which asks for the password hash of MySQL 3.23, is refused. */
    public static AuthSwitchRequest read(ByteBuf payload) {
        Fields.expect(payload, HEADER);
        if (!payload.isReadable()) {
            throw new MalformedPacketException("Server asks for an authentication older than MySQL 4.1");
        }
        return new AuthSwitchRequest(Fields.readTerminated(payload), Fields.readRest(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf to) {
        to.writeByte(HEADER);
        Fields.writeTerminated(to, plugin);
        data.writeTo(to);
    }
}
