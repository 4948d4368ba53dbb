package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * A server's further word in an authentication.
 *
 * <pre>
 * 1  01
 * n  data
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_more_data.html">AuthMoreData</a>
 *
 * @param data for the plugin
 */
public record AuthMoreData(ByteString data) {

    /** The first byte. */
    public static final int HEADER = 0x01;

    public static AuthMoreData read(ByteBuf payload) {
        Fields.expect(payload, HEADER);
        return new AuthMoreData(Fields.readRest(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf to) {
        to.writeByte(HEADER);
        data.writeTo(to);
    }
}
