package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * A client's answer to the greeting.
 *
 * <pre>
 * 4.1 (PROTOCOL_41 set)                          3.20
 * 4   capabilities                               2   capabilities
 * 4   largest packet                             3   largest packet
 * 2   collation id (older servers: one byte, 00) n   user, NUL
 * 18  00                                             -- with CONNECT_WITH_DB
 * 4   MariaDB's capabilities, else 00            n   answer, NUL
 * n   user, NUL                                  n   database, NUL
 * 1+n length and answer; the length is               -- else
 *     length-encoded with PLUGIN_AUTH_LENENC     n   answer
 * n   database, NUL; with CONNECT_WITH_DB
 * n   plugin, NUL; with PLUGIN_AUTH
 * n   length-encoded attributes; with CONNECT_ATTRS
 * 1   zstd level; with ZSTD
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html">Handshake response</a>
 *
 * @param capabilities   the flags in force when read; the flags to ask for when written
 * @param maxPacketBytes largest packet that the client takes
 * @param charset        16 bit collation id
 * @param user           account name
 * @param answer         of the authentication plugin
 * @param database       absent if the client named none
 * @param plugin         that the answer was made by, empty if not named
 * @param attributes     connection attributes as they stand on the wire, without the length before them
 * @param zstdLevel      compression level, 0 if not named
 */
public record HandshakeResponse(Capabilities capabilities, long maxPacketBytes, int charset, ByteString user,
        AuthAnswer answer, Optional<ByteString> database, ByteString plugin, Optional<ByteString> attributes,
        int zstdLevel) {

    private static final int SSL_REQUEST_BYTES = 32;
    private static final int FILLER_BYTES = 18;

    /** Whether a payload is the short form by which clients ask for TLS; moves no index. */
    public static boolean isSslRequest(ByteBuf payload) {
        if (payload.readableBytes() != SSL_REQUEST_BYTES) {
            return false;
        }
        Capabilities sent = new Capabilities(payload.getUnsignedIntLE(payload.readerIndex()));
        return sent.hasAll(Capabilities.of(Capability.PROTOCOL_41, Capability.SSL));
    }

    /** Appends the short form by which one asks for TLS: what the whole response begins with. */
    public static void writeSslRequest(ByteBuf to, Capabilities capabilities, long maxPacketBytes, int charset) {
        to.writeIntLE(capabilities.low()).writeIntLE((int) maxPacketBytes).writeShortLE(charset)
                .writeZero(FILLER_BYTES);
        to.writeIntLE(capabilities.has(Capability.LONG_PASSWORD) ? 0 : capabilities.extended());
    }

    /**
     * Reads a payload. The password may be in it: whoever gets the result wipes the answer.
     *
     * @param offered what the greeting offered: other flags are ignored, in the layout of the packet too
     */
    public static HandshakeResponse read(ByteBuf payload, Capabilities offered) {
        long low = Fields.readShort(payload);
        return new Capabilities(low).has(Capability.PROTOCOL_41)
                ? read41(payload, low, offered)
                : read320(payload, low, offered);
    }

    private static HandshakeResponse read41(ByteBuf payload, long low, Capabilities offered) {
        Capabilities sent = new Capabilities(low | (long) Fields.readShort(payload) << 16);
        long maxPacketBytes = Fields.readInt(payload);
        int charset = Fields.readShort(payload);
        Fields.skip(payload, FILLER_BYTES);
        long extended = Fields.readInt(payload);
        if (!sent.has(Capability.LONG_PASSWORD)) {
            sent = new Capabilities(sent.bits() | extended << Integer.SIZE);
        }
        Capabilities common = sent.and(offered);
        ByteString user = Fields.readTerminated(payload);
        AuthAnswer answer = readAnswer(payload,
                common.has(Capability.PLUGIN_AUTH_LENENC) ? Lenenc.read(payload) : Fields.readByte(payload));
        try {
            Optional<ByteString> database = common.has(Capability.CONNECT_WITH_DB)
                    ? Optional.of(Fields.readTerminated(payload))
                    : Optional.empty();
            ByteString plugin = common.has(Capability.PLUGIN_AUTH) ? Fields.readTerminated(payload) : ByteString.EMPTY;
            Optional<ByteString> attributes = common.has(Capability.CONNECT_ATTRS) && payload.isReadable()
                    ? Optional.of(Lenenc.readString(payload))
                    : Optional.empty();
            int zstdLevel = payload.isReadable() ? payload.readUnsignedByte() : 0;
            boolean ignored = sent.has(Capability.CONNECT_ATTRS) && !offered.has(Capability.CONNECT_ATTRS);
            if (payload.isReadable() && !ignored) {
                throw new MalformedPacketException("Handshake response has bytes behind its last field");
            }
            return new HandshakeResponse(common, maxPacketBytes, charset, user, answer, database, plugin, attributes,
                    common.has(Capability.ZSTD) ? zstdLevel : 0);
        } catch (MalformedPacketException e) {
            answer.wipe();
            throw e;
        }
    }

    private static HandshakeResponse read320(ByteBuf payload, long low, Capabilities offered) {
        Capabilities common = new Capabilities(low).and(offered);
        long maxPacketBytes = Fields.readMedium(payload);
        ByteString user = Fields.readTerminated(payload);
        if (!common.has(Capability.CONNECT_WITH_DB)) {
            AuthAnswer answer = readAnswer(payload, payload.readableBytes());
            return new HandshakeResponse(common, maxPacketBytes, 0, user, answer, Optional.empty(), ByteString.EMPTY,
                    Optional.empty(), 0);
        }
        int length = Fields.bytesBeforeNul(payload);
        // The NUL stays with the answer, so that a password in clear looks the same in all variants.
        AuthAnswer answer = readAnswer(payload, length == 0 ? 0 : length + 1);
        try {
            if (length == 0) {
                payload.skipBytes(1);
            }
            return new HandshakeResponse(common, maxPacketBytes, 0, user, answer,
                    Optional.of(Fields.readTerminated(payload)), ByteString.EMPTY, Optional.empty(), 0);
        } catch (MalformedPacketException e) {
            answer.wipe();
            throw e;
        }
    }

    /** The flags as they are sent: what they say is there has to be. */
    private Capabilities flags() {
        Capabilities flags = database.isPresent()
                ? capabilities.with(Capability.CONNECT_WITH_DB)
                : capabilities.without(Capability.CONNECT_WITH_DB);
        return attributes.isPresent() ? flags : flags.without(Capability.CONNECT_ATTRS);
    }

    /**
     * Appends the short form by which one asks for TLS before one sends the 4.1 variant. MariaDB reads the variant by the flags of the
     * short form.
     */
    public void writeSslRequest(ByteBuf to) {
        writeSslRequest(to, flags(), maxPacketBytes, charset);
    }

    private static AuthAnswer readAnswer(ByteBuf payload, long length) {
        Fields.require(payload, length);
        byte[] bytes = new byte[(int) length];
        payload.readBytes(bytes);
        return AuthAnswer.wrap(bytes);
    }

    /**
     * Appends the payload of the 4.1 variant. CONNECT_WITH_DB is sent if there is a database, CONNECT_ATTRS if it is in
     * the capabilities and there are attributes.
     *
     * @throws IllegalArgumentException if the answer has more than 255 bytes and PLUGIN_AUTH_LENENC is not to be used
     */
    public void write(ByteBuf to) {
        Capabilities flags = flags();
        to.writeIntLE(flags.low()).writeIntLE((int) maxPacketBytes).writeShortLE(charset).writeZero(FILLER_BYTES);
        to.writeIntLE(flags.has(Capability.LONG_PASSWORD) ? 0 : flags.extended());
        Fields.writeTerminated(to, user);
        if (flags.has(Capability.PLUGIN_AUTH_LENENC)) {
            Lenenc.write(to, answer.length());
        } else if (answer.length() <= 0xff) {
            to.writeByte(answer.length());
        } else {
            throw new IllegalArgumentException("Authentication answer is too long for this server");
        }
        to.writeBytes(answer.bytes());
        database.ifPresent(name -> Fields.writeTerminated(to, name));
        if (flags.has(Capability.PLUGIN_AUTH)) {
            Fields.writeTerminated(to, plugin);
        }
        if (flags.has(Capability.CONNECT_ATTRS)) {
            attributes.ifPresent(raw -> Lenenc.writeString(to, raw));
        }
        if (flags.has(Capability.ZSTD)) {
            to.writeByte(zstdLevel);
        }
    }
}
