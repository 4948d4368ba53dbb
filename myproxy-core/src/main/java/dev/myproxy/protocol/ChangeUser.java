package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * COM_CHANGE_USER: a login within a connection. Old clients leave the last fields out.
 *
 * <pre>
 * 1    11
 * n    user, NUL
 * 1+n  length and answer; with SECURE_CONNECTION, else answer and NUL
 * n    database, NUL
 * 2    collation id
 * n    plugin, NUL; with PLUGIN_AUTH
 * n    length-encoded attributes; with CONNECT_ATTRS
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_change_user.html">COM_CHANGE_USER</a>
 *
 * @param user       account name
 * @param answer     of the authentication plugin
 * @param database   absent if the client named none
 * @param charset    16 bit collation id; absent if the client sent none
 * @param plugin     that the answer was made by, empty if not named
 * @param attributes connection attributes as they stand on the wire, without the length before them
 */
public record ChangeUser(ByteString user, AuthAnswer answer, Optional<ByteString> database, Optional<Integer> charset,
        ByteString plugin, Optional<ByteString> attributes) {

    /**
     * Reads a payload. The password may be in it: whoever gets the result wipes the answer.
     *
     * @param capabilities in force on this connection
     */
    public static ChangeUser read(ByteBuf payload, Capabilities capabilities) {
        Fields.expect(payload, Command.CHANGE_USER.code());
        ByteString user = Fields.readTerminated(payload);
        boolean counted = capabilities.has(Capability.SECURE_CONNECTION);
        int length = counted ? Fields.readByte(payload) : Fields.bytesBeforeNul(payload) + 1;
        Fields.require(payload, length);
        byte[] bytes = new byte[length];
        payload.readBytes(bytes);
        AuthAnswer answer = AuthAnswer.wrap(bytes);
        try {
            return readBehind(payload, capabilities, user, answer);
        } catch (MalformedPacketException e) {
            answer.wipe();
            throw e;
        }
    }

    private static ChangeUser readBehind(ByteBuf payload, Capabilities capabilities, ByteString user,
            AuthAnswer answer) {
        ByteString database = payload.isReadable() ? Fields.readTerminated(payload) : ByteString.EMPTY;
        Optional<Integer> charset = payload.isReadable() ? Optional.of(Fields.readShort(payload)) : Optional.empty();
        ByteString plugin = capabilities.has(Capability.PLUGIN_AUTH) && payload.isReadable()
                ? Fields.readTerminated(payload)
                : ByteString.EMPTY;
        Optional<ByteString> attributes = capabilities.has(Capability.CONNECT_ATTRS) && payload.isReadable()
                ? Optional.of(Lenenc.readString(payload))
                : Optional.empty();
        return new ChangeUser(user, answer, database.isEmpty() ? Optional.empty() : Optional.of(database), charset,
                plugin, attributes);
    }

    /**
     * Appends the payload. A charset that is absent is sent as 0, by which servers understand their own.
     *
     * @param capabilities in force on the connection that it goes to, SECURE_CONNECTION among them
     * @throws IllegalArgumentException if the answer has more than 255 bytes
     */
    public void write(ByteBuf to, Capabilities capabilities) {
        if (answer.length() > 0xff) {
            throw new IllegalArgumentException("Authentication answer is too long for COM_CHANGE_USER");
        }
        to.writeByte(Command.CHANGE_USER.code());
        Fields.writeTerminated(to, user);
        to.writeByte(answer.length()).writeBytes(answer.bytes());
        Fields.writeTerminated(to, database.orElse(ByteString.EMPTY));
        to.writeShortLE(charset.orElse(0));
        if (capabilities.has(Capability.PLUGIN_AUTH)) {
            Fields.writeTerminated(to, plugin);
        }
        if (capabilities.has(Capability.CONNECT_ATTRS)) {
            Lenenc.writeString(to, attributes.orElse(ByteString.EMPTY));
        }
    }
}
