package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryAttributesTest {

    private static final String TEXT = "SELECT 1";

    private static ByteBuf payload(String block) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(block.replace(" ", "")),
                TEXT.getBytes(StandardCharsets.UTF_8));
    }

    /** None; one string; a NULL of any type; nine of all kinds, the last in the second byte of the bit map. */
    @ParameterizedTest
    @ValueSource(strings = {"00 01", "01 01 00 01 fd00 016b 0376616c", "01 01 01 01 0600 00",
            "01 01 00 01 0f00 00 fc0100 78", "02 01 02 01 0880 0161 ff00 0162 0102030405060708",
            "09 01 0000 01 0100 00 0200 00 0300 00 0400 00 0500 00 0880 00 0c00 00 0b00 00 fe00 00"
                    + " 11 2222 33333333 44444444 5555555555555555 6666666666666666 07 77777777777777 00 00"})
    void theTextStandsBehindThem(String block) {
        ByteBuf payload = payload(block);

        QueryAttributes.skip(payload);

        assertThat(payload.toString(StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    /**
     * No block; two sets; none; no types; a type, a sign, that mean nothing; lengths beyond the end; too many; a NULL as a
     * length.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "00 02", "01 00 00 01 fd00 016b 0376616c", "01 01 00 00 fd00 016b 0376616c",
            "01 01 00 01 0900 00 00000000", "01 01 00 01 0600 00", "01 01 00 01 0301 00 00000000",
            "01 01 00 01 fd00 016b ff", "01 01 00 01 fd00 016b fb", "01 01 00 01 fd00 016b fdffffff",
            "01 01 00 01 fd00 fe ffffffffffffffff", "fe 00000000 00000001 01", "fe ffffffff ffffffff 01", "fb 01",
            "fd 000001 01"})
    void whatIsNotClearIsMalformed(String block) {
        assertThatThrownBy(() -> QueryAttributes.skip(payload(block))).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"09 01 0000 01 0100 00 0200 00 0300 00 0400 00 0500 00 0880 00 0c00 00 0b00 00 fe00 00"
            + " 11 2222 33333333 44444444 5555555555555555 6666666666666666 07 77777777777777 00 02 4141"})
    void whatEndsEarlyIsMalformed(String block) {
        byte[] whole = HexFormat.of().parseHex(block.replace(" ", ""));
        for (int length = 0; length < whole.length; length++) {
            ByteBuf part = Unpooled.wrappedBuffer(whole, 0, length);
            assertThatThrownBy(() -> QueryAttributes.skip(part)).isInstanceOf(MalformedPacketException.class);
        }
    }
}
