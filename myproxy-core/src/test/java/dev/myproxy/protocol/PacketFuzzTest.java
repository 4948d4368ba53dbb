package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.peers.Hostile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Whatever arrives, a decoder gives a value or the protocol's exception; a value that is written reads as itself. */
class PacketFuzzTest {

    private static final Capabilities ALL = new Capabilities(-1);
    private static final int SALT_BYTES = 20;

    @FuzzTest
    void greeting(byte[] bytes) {
        Optional<Greeting> read = read(bytes, Greeting::read);
        read.filter(greeting -> greeting.salt().length() == SALT_BYTES).ifPresent(
                greeting -> assertThat(greeting).isEqualTo(again(greeting::write, Greeting::read)));
    }

    /** Two bytes choose what was offered. */
    @FuzzTest
    void handshakeResponse(byte[] bytes) {
        Capabilities offered = FuzzedFlags.of(bytes, 0).with(Capability.PROTOCOL_41);
        read(bytes, FuzzedFlags.BYTES, payload -> {
            HandshakeResponse.isSslRequest(payload);
            return HandshakeResponse.read(payload, offered);
        }).filter(response -> response.capabilities().has(Capability.PROTOCOL_41)).ifPresent(this::writtenAgain);
    }

    private void writtenAgain(HandshakeResponse response) {
        HandshakeResponse again = again(response::write, payload -> HandshakeResponse.read(payload, ALL));
        assertThat(again.answer().bytes()).isEqualTo(response.answer().bytes());
        Capabilities flags = response.attributes().isPresent()
                ? response.capabilities()
                : response.capabilities().without(Capability.CONNECT_ATTRS);
        assertThat(again).isEqualTo(new HandshakeResponse(flags, response.maxPacketBytes(), response.charset(),
                response.user(), again.answer(), response.database(), response.plugin(), response.attributes(),
                response.zstdLevel()));
    }

    @FuzzTest
    void authSwitchRequest(byte[] bytes) {
        read(bytes, AuthSwitchRequest::read).ifPresent(request -> assertThat(bytes(request::write)).isEqualTo(bytes));
    }

    @FuzzTest
    void authMoreData(byte[] bytes) {
        read(bytes, AuthMoreData::read).ifPresent(more -> assertThat(bytes(more::write)).isEqualTo(bytes));
    }

    /** Two bytes choose the capabilities. */
    @FuzzTest
    void changeUser(byte[] bytes) {
        Capabilities capabilities = FuzzedFlags.of(bytes, 0);
        read(bytes, FuzzedFlags.BYTES, payload -> ChangeUser.read(payload, capabilities))
                .ifPresent(request -> assertThat(request.answer().length()).isLessThan(bytes.length));
    }

    /** Two bytes choose the capabilities. */
    @FuzzTest
    void okPacket(byte[] bytes) {
        Capabilities capabilities = FuzzedFlags.of(bytes, 0);
        read(bytes, FuzzedFlags.BYTES, payload -> OkPacket.read(payload, capabilities)).ifPresent(ok -> {
            int changed = ok.sessionState().isPresent() ? 0 : ServerStatus.SESSION_STATE_CHANGED;
            OkPacket again = again(to -> ok.write(to, capabilities),
                    payload -> OkPacket.read(payload, capabilities));
            assertThat(again)
                    .isEqualTo(new OkPacket(ok.affectedRows(), ok.lastInsertId(), ok.status() & ~changed,
                            ok.warnings(), ok.message(), ok.sessionState()));
        });
    }

    /** Two bytes choose the capabilities. */
    @FuzzTest
    void eofPacket(byte[] bytes) {
        Capabilities capabilities = FuzzedFlags.of(bytes, 0);
        read(bytes, FuzzedFlags.BYTES, payload -> EofPacket.read(payload, capabilities))
                .ifPresent(eof -> assertThat(bytes(to -> eof.write(to, capabilities)))
                        .isEqualTo(payload(bytes, FuzzedFlags.BYTES)));
    }

    @FuzzTest
    void errPacket(byte[] bytes) {
        read(bytes, ErrPacket::read)
                .ifPresent(err -> assertThat(bytes(to -> err.write(to, err.sqlState().isPresent()))).isEqualTo(bytes));
    }

    @FuzzTest
    void lenenc(byte[] bytes) {
        read(bytes, Lenenc::readString)
                .ifPresent(text -> assertThat(text).isEqualTo(
                        again(to -> Lenenc.writeString(to, text), Lenenc::readString)));
        read(bytes, Lenenc::read).ifPresent(value -> {
            ByteBuf written = Hex.written(to -> Lenenc.write(to, value));
            assertThat(Lenenc.size(written, 0)).isEqualTo(written.readableBytes());
            assertThat(Lenenc.get(written, 0)).isEqualTo(value);
            assertThat(Lenenc.read(written)).isEqualTo(value);
        });
    }

    @FuzzTest
    void queryAttributes(byte[] bytes) {
        read(bytes, payload -> {
            QueryAttributes.skip(payload);
            return payload;
        });
    }

    private static <T> Optional<T> read(byte[] bytes, Function<ByteBuf, T> reader) {
        return read(bytes, 0, reader);
    }

    private static <T> Optional<T> read(byte[] bytes, int from, Function<ByteBuf, T> reader) {
        byte[] payload = payload(bytes, from);
        return Hostile.read(payload.length, () -> reader.apply(Unpooled.wrappedBuffer(payload)));
    }

    private static byte[] payload(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static <T> T again(Consumer<ByteBuf> writer, Function<ByteBuf, T> reader) {
        return reader.apply(Hex.written(writer));
    }

    private static byte[] bytes(Consumer<ByteBuf> writer) {
        ByteBuf written = Hex.written(writer);
        byte[] bytes = new byte[written.readableBytes()];
        written.readBytes(bytes);
        return bytes;
    }
}
