package dev.myproxy.session.kill;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.Lenenc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** The client that a {@link KillErrand} is: what it can read, and how the server's list of connections shows it. */
final class ErrandClient {

    static final int MAX_PACKET_BYTES = 1 << 16;

    private static final Capabilities CAPABILITIES = Capabilities.of(Capability.LONG_PASSWORD, Capability.LONG_FLAG,
            Capability.PROTOCOL_41, Capability.TRANSACTIONS, Capability.SECURE_CONNECTION, Capability.PLUGIN_AUTH,
            Capability.PLUGIN_AUTH_LENENC, Capability.CONNECT_ATTRS);

    private static final ByteString ATTRIBUTES = attributes("program_name", "myproxy KILL");

    private ErrandClient() {}

    /**
     * Stands where a session has its client's handshake response; who logs in is told by the credentials.
     *
     * @param charset in which the client reads the texts of errors
     */
    static HandshakeResponse response(int charset) {
        return new HandshakeResponse(CAPABILITIES, MAX_PACKET_BYTES, charset, ByteString.EMPTY,
                AuthAnswer.wrap(new byte[0]), Optional.empty(), ByteString.EMPTY, Optional.of(ATTRIBUTES), 0);
    }

    private static ByteString attributes(String... keysAndValues) {
        ByteBuf raw = Unpooled.buffer();
        for (String each : keysAndValues) {
            Lenenc.writeString(raw, ByteString.of(each));
        }
        return ByteString.read(raw, raw.readableBytes());
    }
}
