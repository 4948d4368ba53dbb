package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceShiftTest {

    private static final String PACKETS = "02000001aabb 00000002 010000ff00 030100fe" + "11".repeat(0x103);

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 5", "1, 1000", "-2, 1", "-2, 7", "-2, 1000"})
    void changesNothingButSequenceIds(int difference, int pieceBytes) {
        ByteBuf data = Unpooled.wrappedBuffer(HexFormat.of().parseHex(PACKETS.replace(" ", "")));
        SequenceShift shift = new SequenceShift(difference);

        for (int at = 0; at < data.readableBytes(); at += pieceBytes) {
            shift.apply(data.slice(at, Math.min(pieceBytes, data.readableBytes() - at)));
        }

        String expected = difference == 1
                ? "02000002aabb 00000003 0100000000 030100ff"
                : "020000ffaabb 00000000 010000fd00 030100fc";
        assertThat(data).isEqualTo(Unpooled.wrappedBuffer(
                HexFormat.of().parseHex(expected.replace(" ", "") + "11".repeat(0x103))));
        assertThat(shift.of(0)).isEqualTo(difference & 0xff);
    }
}
