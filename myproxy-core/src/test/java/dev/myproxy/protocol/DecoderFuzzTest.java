package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever arrives, a decoder gives a value or the protocol's exception. */
class DecoderFuzzTest {

    private static final Capabilities ALL = new Capabilities(-1);
    private static final Capabilities CLASSIC = Capabilities.of(Capability.PROTOCOL_41);

    private static final List<Consumer<ByteBuf>> DECODERS = List.of(Lenenc::read, Lenenc::readString, Greeting::read,
            payload -> HandshakeResponse.read(payload, ALL), payload -> HandshakeResponse.read(payload, CLASSIC),
            HandshakeResponse::isSslRequest, AuthSwitchRequest::read, AuthMoreData::read,
            payload -> OkPacket.read(payload, ALL), payload -> OkPacket.read(payload, CLASSIC), ErrPacket::read,
            payload -> EofPacket.read(payload, CLASSIC), QueryAttributes::skip);

    private static final List<ByteBuf> SEEDS = List.of(
            Hex.written(new Greeting(ByteString.of("8"), 1, ByteString.of("abcdefghijklmnopqrst"),
                    CLASSIC.with(Capability.PLUGIN_AUTH), 1, 2, ByteString.of("plugin"))::write),
            Hex.written(new HandshakeResponse(CLASSIC.with(Capability.CONNECT_ATTRS, Capability.PLUGIN_AUTH), 1, 2,
                    ByteString.of("user"), AuthAnswer.wrap(new byte[9]), Optional.of(ByteString.of("db")),
                    ByteString.of("plugin"), Optional.of(ByteString.of("attributes")), 0)::write),
            Hex.buffer("000001024000000361626301ff"), Hex.buffer("ff1504233238303030616263"),
            Hex.buffer("fe6100737373"), Hex.buffer("fe00000200"),
            Hex.buffer("0201000103000161fd0001620102030403666f6f53454c454354"));

    private int values;
    private int refusals;

    @Test
    void randomBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            decode(bytes);
        }
        assertThat(values).isPositive();
        assertThat(refusals).isPositive();
    }

    @Test
    void goodPacketsWithSomeBytesChangedOrMissing() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            ByteBuf seed = SEEDS.get(random.nextInt(SEEDS.size()));
            byte[] bytes = new byte[random.nextInt(seed.readableBytes() + 1)];
            seed.getBytes(0, bytes);
            for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            decode(bytes);
        }
        assertThat(values).isPositive();
        assertThat(refusals).isPositive();
    }

    private void decode(byte[] bytes) {
        for (Consumer<ByteBuf> decoder : DECODERS) {
            try {
                decoder.accept(Unpooled.wrappedBuffer(bytes));
                values++;
            } catch (MalformedPacketException _) {
                refusals++;
            }
        }
    }
}
