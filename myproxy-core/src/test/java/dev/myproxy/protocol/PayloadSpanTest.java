package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSpanTest {

    private static ByteBuf packets(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i % 251);
        }
        return Packets.frame(UnpooledByteBufAllocator.DEFAULT, 254, to -> to.writeBytes(payload));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, Packets.MAX_PAYLOAD_BYTES - 1, Packets.MAX_PAYLOAD_BYTES,
            Packets.MAX_PAYLOAD_BYTES + 1, 2 * Packets.MAX_PAYLOAD_BYTES})
    void completePayload(int length) {
        ByteBuf packets = packets(length);
        int count = 1 + length / Packets.MAX_PAYLOAD_BYTES;
        ByteBuf data = Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(new byte[3]), packets,
                Unpooled.wrappedBuffer(new byte[]{9, 9, 9, 9, 9})).skipBytes(3);

        PayloadSpan span = PayloadSpan.of(data);

        assertThat(span).isEqualTo(new PayloadSpan(count, length, 254, (253 + count) & 0xff, true));
        assertThat(span.wireBytes()).isEqualTo(data.readableBytes() - 5);
        assertThat(data.readerIndex()).isEqualTo(3);
        ByteBuf payload = span.payload(data);
        assertThat(payload.readableBytes()).isEqualTo(length);
        for (int i = 0; i < length; i += 9973) {
            assertThat(payload.getByte(payload.readerIndex() + i)).isEqualTo((byte) (i % 251));
        }
        data.release();
    }

    @Test
    void whatIsMissingIsSeen() {
        ByteBuf packet = packets(10);
        for (int there = 0; there < packet.readableBytes(); there++) {
            PayloadSpan span = PayloadSpan.of(packet.slice(0, there));
            assertThat(span.complete()).isFalse();
            assertThat(span.payloadBytes()).isEqualTo(there < Packets.HEADER_BYTES ? 0 : 10);
        }
        ByteBuf two = packets(Packets.MAX_PAYLOAD_BYTES + 5);
        int first = Packets.MAX_PAYLOAD_BYTES + Packets.HEADER_BYTES;
        assertThat(PayloadSpan.of(two.slice(0, first))).isEqualTo(
                new PayloadSpan(1, Packets.MAX_PAYLOAD_BYTES, 254, 254, false));
        assertThat(PayloadSpan.of(two.slice(0, first + 4))).isEqualTo(
                new PayloadSpan(2, Packets.MAX_PAYLOAD_BYTES + 5, 254, 255, false));
        packet.release();
        two.release();
    }
}
