package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * A command, login or connection that failed.
 *
 * <pre>
 * 1  FF
 * 2  error code
 *    -- with PROTOCOL_41, as a rule not before the handshake response
 * 1  '#'
 * 5  SQLSTATE
 * n  text
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html">ERR</a>
 *
 * @param code     16 bits
 * @param sqlState five characters; absent if the packet had none
 * @param message  for humans
 */
public record ErrPacket(int code, Optional<ByteString> sqlState, ByteString message) {

    /** The first byte. */
    public static final int HEADER = 0xff;

    private static final int SQL_STATE_BYTES = 5;
    private static final ByteString GENERAL_ERROR = ByteString.of("HY000");

    public ErrPacket {
        if (sqlState.isPresent() && sqlState.get().length() != SQL_STATE_BYTES) {
            throw new IllegalArgumentException("An SQLSTATE has five characters");
        }
    }

    public static ErrPacket of(int code, String sqlState, ByteString message) {
        return new ErrPacket(code, Optional.of(ByteString.of(sqlState)), message);
    }

    /** Reads a payload. Whether it has an SQLSTATE is told by the bytes, not by capabilities: servers differ. */
    public static ErrPacket read(ByteBuf payload) {
        Fields.expect(payload, HEADER);
        int code = Fields.readShort(payload);
        Optional<ByteString> sqlState = Optional.empty();
        if (payload.readableBytes() > SQL_STATE_BYTES && payload.getByte(payload.readerIndex()) == '#') {
            payload.skipBytes(1);
            sqlState = Optional.of(Fields.readBytes(payload, SQL_STATE_BYTES));
        }
        return new ErrPacket(code, sqlState, Fields.readRest(payload));
    }

    /**
     * Appends the payload.
     *
     * @param withSqlState whether the client understands an SQLSTATE; HY000 if this packet has none of its own
     */
    public void write(ByteBuf to, boolean withSqlState) {
        to.writeByte(HEADER).writeShortLE(code);
        if (withSqlState) {
            to.writeByte('#');
            sqlState.orElse(GENERAL_ERROR).writeTo(to);
        }
        message.writeTo(to);
    }
}
