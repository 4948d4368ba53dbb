package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class PacketAssemblerTest {

    private static ByteBuf pooled(String hex) {
        byte[] bytes = Hex.bytes(hex);
        return ByteBufAllocator.DEFAULT.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }

    @Test
    void takesPacketsApartThatCameTogether() {
        try (PacketAssembler assembler = new PacketAssembler()) {
            assembler.feed(pooled("02000001 aabb 00000002 01000003 cc"));

            assertThat(assembler.next()).isTrue();
            assertThat(assembler.sequenceId()).isEqualTo(1);
            assertThat(Hex.of(assembler.payload())).isEqualTo("aabb");
            assertThat(assembler.next()).isTrue();
            assertThat(assembler.sequenceId()).isEqualTo(2);
            assertThat(assembler.payload().isReadable()).isFalse();
            assertThat(assembler.next()).isTrue();
            assertThat(Hex.of(assembler.payload())).isEqualTo("cc");
            assertThat(assembler.next()).isFalse();
            assertThat(assembler.hasUnread()).isFalse();
        }
    }

    @Test
    void joinsAPacketThatCameByteByByte() {
        try (PacketAssembler assembler = new PacketAssembler()) {
            byte[] packet = Hex.bytes("03000009 010203");
            for (int i = 0; i < packet.length; i++) {
                assertThat(assembler.next()).isFalse();
                assembler.feed(ByteBufAllocator.DEFAULT.buffer().writeByte(packet[i]));
            }

            assertThat(assembler.next()).isTrue();
            assertThat(assembler.sequenceId()).isEqualTo(9);
            assertThat(Hex.of(assembler.payload())).isEqualTo("010203");
        }
    }

    @Test
    void givesBackTheUnreadRestWithoutCopying() {
        try (PacketAssembler assembler = new PacketAssembler()) {
            ByteBuf arrived = pooled("01000001 aa 0100000003");
            assembler.feed(arrived);
            assembler.next();

            ByteBuf rest = assembler.takeRest();

            assertThat(rest).isSameAs(arrived);
            assertThat(Hex.of(rest)).isEqualTo("0100000003");
            assertThat(assembler.hasUnread()).isFalse();
            assertThat(assembler.takeRest().isReadable()).isFalse();
            rest.release();
        }
    }

    @Test
    void refusesALargePacketByItsHeader() {
        try (PacketAssembler assembler = new PacketAssembler(16)) {
            assembler.feed(pooled("11000001"));

            assertThatThrownBy(assembler::next).isInstanceOf(MalformedPacketException.class)
                    .hasMessage("Packet is larger than any that may come here");
            assertThat(assembler.sequenceId()).as("for the answer").isEqualTo(1);
        }
    }

    @Test
    void takesAPacketAsLargeAsTheBound() {
        try (PacketAssembler assembler = new PacketAssembler(2)) {
            assembler.feed(pooled("02000001 aabb"));

            assertThat(assembler.next()).isTrue();
        }
    }

    @Test
    void boundStaysBelowPayloadsOfSeveralPackets() {
        assertThatThrownBy(() -> new PacketAssembler(0xffffff)).isInstanceOf(IllegalArgumentException.class);
    }
}
