package dev.myproxy.cluster.check;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.Lenenc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** The client that a health check is: what it can read, and how the server's list of connections shows it. */
final class CheckClient {

    /** utf8mb4_general_ci */
    private static final int CHARSET = 45;

    /** Results come in the oldest form, which every server has: text rows, with an EOF behind definitions and rows. */
    static final Capabilities CAPABILITIES = Capabilities.of(Capability.LONG_PASSWORD, Capability.LONG_FLAG,
            Capability.PROTOCOL_41, Capability.TRANSACTIONS, Capability.SECURE_CONNECTION, Capability.PLUGIN_AUTH,
            Capability.PLUGIN_AUTH_LENENC, Capability.CONNECT_ATTRS);

    /** Stands where a session has its client's handshake response; who logs in is told by the credentials. */
    static final HandshakeResponse RESPONSE = new HandshakeResponse(CAPABILITIES, AnswerReader.MAX_PAYLOAD_BYTES,
            CHARSET, ByteString.EMPTY, AuthAnswer.wrap(new byte[0]), Optional.empty(), ByteString.EMPTY,
            Optional.of(attributes("program_name", "myproxy health check")), 0);

    private CheckClient() {}

    private static ByteString attributes(String... keysAndValues) {
        ByteBuf raw = Unpooled.buffer();
        for (String each : keysAndValues) {
            Lenenc.writeString(raw, ByteString.of(each));
        }
        return ByteString.read(raw, raw.readableBytes());
    }
}
