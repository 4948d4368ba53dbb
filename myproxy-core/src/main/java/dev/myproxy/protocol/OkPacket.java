package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * A command or login that worked, or the end of a result with DEPRECATE_EOF.
 *
 * <pre>
 * 1  00, or FE at the end of a result
 * n  affected rows, length-encoded
 * n  last insert id, length-encoded
 * 2  status flags; with PROTOCOL_41 or TRANSACTIONS
 * 2  warnings; with PROTOCOL_41
 *    -- with SESSION_TRACK, may be absent
 * n  text, length-encoded
 * n  session state, length-encoded; with SESSION_STATE_CHANGED
 *    -- else
 * n  text
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">OK</a>
 *
 * @param affectedRows unsigned 64 bits
 * @param lastInsertId unsigned 64 bits
 * @param status       see {@link ServerStatus}
 * @param warnings     count
 * @param message      for humans, mostly empty
 * @param sessionState the tracked changes as they stand on the wire
 */
public record OkPacket(long affectedRows, long lastInsertId, int status, int warnings, ByteString message,
        Optional<ByteString> sessionState) {

    /** The first byte of an answer. */
    public static final int HEADER = 0x00;

    /** An OK without rows and texts. */
    public static OkPacket of(int status) {
        return new OkPacket(0, 0, status, 0, ByteString.EMPTY, Optional.empty());
    }

    /** The same with another text. */
    public OkPacket withMessage(ByteString text) {
        return new OkPacket(affectedRows, lastInsertId, status, warnings, text, sessionState);
    }

    /**
     * Reads a payload.
     *
     * @param capabilities in force on this connection
     */
    public static OkPacket read(ByteBuf payload, Capabilities capabilities) {
        int header = Fields.readByte(payload);
        if (header != HEADER && header != EofPacket.HEADER) {
            throw new MalformedPacketException("Not an OK packet");
        }
        long affectedRows = Lenenc.read(payload);
        long lastInsertId = Lenenc.read(payload);
        boolean modern = capabilities.has(Capability.PROTOCOL_41);
        int status = modern || capabilities.has(Capability.TRANSACTIONS) ? Fields.readShort(payload) : 0;
        int warnings = modern ? Fields.readShort(payload) : 0;
        if (!capabilities.has(Capability.SESSION_TRACK)) {
            return new OkPacket(affectedRows, lastInsertId, status, warnings, Fields.readRest(payload),
                    Optional.empty());
        }
        ByteString message = payload.isReadable() ? Lenenc.readString(payload) : ByteString.EMPTY;
        boolean changed = (status & ServerStatus.SESSION_STATE_CHANGED) != 0 && payload.isReadable();
        Optional<ByteString> sessionState = changed ? Optional.of(Lenenc.readString(payload)) : Optional.empty();
        return new OkPacket(affectedRows, lastInsertId, status, warnings, message, sessionState);
    }

    /**
     * Appends the payload of an answer. SESSION_STATE_CHANGED is set exactly if the state is sent.
     *
     * @param capabilities in force on the connection that it goes to
     */
    public void write(ByteBuf to, Capabilities capabilities) {
        to.writeByte(HEADER);
        Lenenc.write(to, affectedRows);
        Lenenc.write(to, lastInsertId);
        boolean tracking = capabilities.has(Capability.SESSION_TRACK);
        Optional<ByteString> state = tracking ? sessionState : Optional.empty();
        int flags = state.isPresent()
                ? status | ServerStatus.SESSION_STATE_CHANGED
                : status & ~ServerStatus.SESSION_STATE_CHANGED;
        if (capabilities.has(Capability.PROTOCOL_41)) {
            to.writeShortLE(flags).writeShortLE(warnings);
        } else if (capabilities.has(Capability.TRANSACTIONS)) {
            to.writeShortLE(flags);
        }
        if (!tracking) {
            message.writeTo(to);
        } else if (!message.isEmpty() || state.isPresent()) {
            Lenenc.writeString(to, message);
            state.ifPresent(raw -> Lenenc.writeString(to, raw));
        }
    }
}
