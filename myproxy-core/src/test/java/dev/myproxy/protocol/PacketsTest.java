package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class PacketsTest {

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;

    @Test
    void putsAHeaderBeforeAPayload() {
        ByteBuf packet = Packets.frame(allocator, 7, to -> to.writeByte(0x0e).writeByte(1));

        assertThat(Hex.of(packet)).isEqualTo("02000007" + "0e01");
        packet.release();
    }

    @Test
    void framesEmptyPayloads() {
        ByteBuf packet = Packets.frame(allocator, 255, to -> {});

        assertThat(Hex.of(packet)).isEqualTo("000000ff");
        packet.release();
    }

    @Test
    void endsAPayloadOfTheExactMaximumWithAnEmptyPacket() {
        ByteBuf packets = Packets.frame(allocator, 255, to -> to.writeZero(0xffffff));

        assertThat(packets.readableBytes()).isEqualTo(0xffffff + 8);
        assertThat(packets.getUnsignedMediumLE(0)).isEqualTo(0xffffff);
        assertThat(packets.getUnsignedByte(3)).isEqualTo((short) 255);
        assertThat(Hex.of(packets.slice(0xffffff + 4, 4))).isEqualTo("00000000");
        packets.release();
    }

    @Test
    void splitsLargePayloads() {
        ByteBuf packets = Packets.frame(allocator, 1, to -> to.writeZero(0xffffff).writeByte(9));

        assertThat(Hex.of(packets.slice(0xffffff + 4, 5))).isEqualTo("01000002" + "09");
        packets.release();
    }

    @Test
    void releasesTheBufferOfAFailingWriter() {
        assertThatThrownBy(() -> Packets.frame(allocator, 1, _ -> {
            throw new IllegalStateException("no");
        })).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsSequenceIdsAndWraps() {
        assertThat(Packets.next(0)).isEqualTo(1);
        assertThat(Packets.next(255)).isZero();
    }
}
