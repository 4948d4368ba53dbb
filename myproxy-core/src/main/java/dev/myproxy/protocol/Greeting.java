package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The first packet of a server, protocol version 10.
 *
 * <pre>
 * 1   protocol version, 0A
 * n   server version, NUL
 * 4   connection id
 * 8   salt, first part
 * 1   00
 * 2   capabilities, bits 0 to 15
 *     -- the rest may be absent
 * 1   charset
 * 2   status flags
 * 2   capabilities, bits 16 to 31
 * 1   length of the salt with its NUL, 00 without PLUGIN_AUTH
 * 6   00
 * 4   MariaDB's capabilities without LONG_PASSWORD, else 00
 * n   salt, second part, max(13, length - 8) bytes, the last one NUL
 * n   name of the authentication plugin, NUL; with PLUGIN_AUTH
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html">Handshake v10</a>
 *
 * @param version      of the server, as it shows it
 * @param connectionId 32 bits, unsigned
 * @param salt         without its NUL, 20 bytes as a rule; 8 from servers that send no second part
 * @param capabilities what the server offers
 * @param charset      low byte of the default collation's id
 * @param status       see {@link ServerStatus}
 * @param plugin       default authentication plugin, empty if not named
 */
public record Greeting(ByteString version, long connectionId, ByteString salt, Capabilities capabilities, int charset,
        int status, ByteString plugin) {

    /** No longer version is named to clients; those of servers have 80 bytes at most. */
    public static final int MAX_VERSION_BYTES = 255;

    private static final int PROTOCOL_VERSION = 10;
    private static final int FIRST_PART = 8;
    private static final int SECOND_PART_MIN = 13;
    /** A salt of this length is complete without a NUL, as client_ed25519 has it. */
    private static final int UNTERMINATED_SALT = 32;

    /** Whether clients can be told that this is a server's version. */
    public static boolean isVersion(ByteString text) {
        return !text.isEmpty() && text.length() <= MAX_VERSION_BYTES && text.untilNul().equals(text);
    }

    /** Reads a payload that is no ERR: servers may greet with one. */
    public static Greeting read(ByteBuf payload) {
        int protocol = Fields.readByte(payload);
        if (protocol != PROTOCOL_VERSION) {
            throw new MalformedPacketException(protocol == 9
                    ? "Server speaks protocol version 9, which is not supported"
                    : "Not a greeting of protocol version 10");
        }
        ByteString version = Fields.readTerminated(payload);
        long connectionId = Fields.readInt(payload);
        byte[] salt = Fields.readBytes(payload, FIRST_PART).toByteArray();
        Fields.skip(payload, 1);
        long capabilities = Fields.readShort(payload);
        if (!payload.isReadable()) {
            return new Greeting(version, connectionId, ByteString.copyOf(salt), new Capabilities(capabilities), 0, 0,
                    ByteString.EMPTY);
        }
        int charset = Fields.readByte(payload);
        int status = Fields.readShort(payload);
        capabilities |= (long) Fields.readShort(payload) << 16;
        int saltLength = Fields.readByte(payload);
        Fields.skip(payload, 6);
        long extended = Fields.readInt(payload);
        if (!new Capabilities(capabilities).has(Capability.LONG_PASSWORD)) {
            capabilities |= extended << Integer.SIZE;
        }
        ByteString whole = ByteString.copyOf(salt);
        if (payload.isReadable()) {
            int second = Math.min(payload.readableBytes(), Math.max(SECOND_PART_MIN, saltLength - FIRST_PART));
            whole = join(salt, Fields.readBytes(payload, second).toByteArray());
        }
        Capabilities offered = new Capabilities(capabilities);
        ByteString plugin = offered.has(Capability.PLUGIN_AUTH)
                ? Fields.readRest(payload).untilNul()
                : ByteString.EMPTY;
        return new Greeting(version, connectionId, whole, offered, charset, status, plugin);
    }

    private static ByteString join(byte[] first, byte[] second) {
        int length = first.length + second.length;
        byte[] whole = new byte[length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        boolean terminated = length != UNTERMINATED_SALT && whole[length - 1] == 0;
        return ByteString.copyOf(whole, 0, terminated ? length - 1 : length);
    }

    /** Appends the payload; the salt must have at least 20 bytes. */
    public void write(ByteBuf to) {
        to.writeByte(PROTOCOL_VERSION);
        Fields.writeTerminated(to, version);
        to.writeIntLE((int) connectionId);
        byte[] saltBytes = salt.toByteArray();
        to.writeBytes(saltBytes, 0, FIRST_PART).writeByte(0);
        to.writeShortLE(capabilities.low());
        to.writeByte(charset).writeShortLE(status);
        to.writeShortLE(capabilities.low() >>> 16);
        boolean plugins = capabilities.has(Capability.PLUGIN_AUTH);
        to.writeByte(plugins ? saltBytes.length + 1 : 0).writeZero(6);
        to.writeIntLE(capabilities.has(Capability.LONG_PASSWORD) ? 0 : capabilities.extended());
        to.writeBytes(saltBytes, FIRST_PART, saltBytes.length - FIRST_PART).writeByte(0);
        if (plugins) {
            Fields.writeTerminated(to, plugin);
        }
    }
}
