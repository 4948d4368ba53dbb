package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadSkipTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "5, 1", "5, 3", "16777214, 1000003", "16777215, 1000003", "16777220, 16777217",
            "33554430, 100000000"})
    void stopsBehindThePayloadHoweverItComes(int length, int pieceBytes) {
        ByteBuf packets = Packets.frame(UnpooledByteBufAllocator.DEFAULT, 255, to -> to.writeZero(length));
        packets.writeBytes(new byte[]{1, 2, 3});
        PayloadSkip skip = new PayloadSkip();
        ByteBuf left = Unpooled.EMPTY_BUFFER;
        boolean ended = false;
        while (!ended) {
            assertThat(left.readableBytes()).isLessThan(Packets.HEADER_BYTES);
            left = Unpooled.wrappedBuffer(left, packets.readRetainedSlice(
                    Math.min(pieceBytes, packets.readableBytes())));
            ended = skip.skip(left);
        }
        assertThat(left.readableBytes() + packets.readableBytes()).isEqualTo(3);
        assertThat(skip.sequenceId()).isEqualTo((255 + length / Packets.MAX_PAYLOAD_BYTES) & 0xff);
        left.release();
        packets.release();
    }
}
