package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStateTest {

    private static final String SHOP = "01050473686f70";

    private final SessionState state = new SessionState();

    /** Reads what stands behind the warnings of an OK. */
    private boolean read(String hex) {
        ByteBuf bytes = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        state.begin(0);
        state.read(bytes, 0, bytes.readableBytes());
        return state.isSchemaFound();
    }

    private String name() {
        return new String(state.schema(), 0, state.schemaLength(), StandardCharsets.UTF_8);
    }

    private static String block(String... entries) {
        String all = String.join("", entries);
        return "00" + "%02x".formatted(all.length() / 2) + all;
    }

    @Test
    void defaultDatabaseIsFound() {
        assertThat(read(block(SHOP))).isTrue();
        assertThat(name()).isEqualTo("shop");
    }

    @Test
    void textBeforeTheChangesIsSkipped() {
        assertThat(read("05" + "68656c6c6f" + block(SHOP).substring(2))).isTrue();
        assertThat(name()).isEqualTo("shop");
    }

    @Test
    void otherChangesAndUnknownOnesAreSkipped() {
        assertThat(
                read(block("000f0a6175746f636f6d6d6974034f4646", "7f03aabbcc", SHOP, "020131", "0509085f5f5f5f5f5f5f5f",
                        "ff00")))
                .isTrue();
        assertThat(name()).isEqualTo("shop");
        assertThat(read(block("7f03aabbcc"))).isFalse();
    }

    @Test
    void lastOfSeveralCounts() {
        assertThat(read(block("01020161", SHOP))).isTrue();
        assertThat(name()).isEqualTo("shop");
    }

    @Test
    void emptyNameMeansThatThereIsNone() {
        assertThat(read(block("010100"))).isTrue();
        assertThat(state.schemaLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000", "05", "fb", "ff", "00fb"})
    void packetWithoutChangesTellsNothing(String hex) {
        assertThat(read(hex)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // the block is longer than its packet
            "000801050473686f70", "00fe070000000000000001050473686f", "00feffffffffffffffff01050473686f70",
            "fe07000000000000800701050473686f70",
            // the entry is longer than the block
            "000701060473686f70", "000701fd00000173686f70", "000701feffffffffffffffff",
            // the name is longer than the entry, or shorter
            "000701050573686f70", "000701050373686f70",
            // the block ends within an entry
            "000101", "00020105", "0003010504", "0003010000",
            // no lengths at all
            "0007fbfb0473686f70", "000701fb0473686f70", "0007010500ff", "00070105ff73686f70"})
    void lengthsThatDoNotFitAreNotBelieved(String hex) {
        assertThat(read(hex)).isFalse();
    }

    @Test
    void nameLongerThanAnyIsNotBelieved() {
        String data = "fd010200" + "61".repeat(513);
        String entry = "01fd050200" + data;
        assertThat(read("00fd%02x%02x00".formatted((entry.length() / 2) & 0xff, entry.length() >> 9) + entry))
                .isFalse();
    }

    @Test
    void longestNameIsFound() {
        String data = "fd000200" + "61".repeat(512);
        String entry = "01fd040200" + data;
        assertThat(read("00fd%02x%02x00".formatted((entry.length() / 2) & 0xff, entry.length() >> 9) + entry))
                .isTrue();
        assertThat(name()).isEqualTo("a".repeat(512));
    }

    @Test
    void bytesComeInPieces() {
        byte[] bytes = HexFormat.of().parseHex("fc0001" + "78".repeat(256) + block("7f03aabbcc", SHOP, "0002abcd")
                .substring(2));
        for (int piece = 1; piece <= bytes.length; piece++) {
            state.begin(3);
            ByteBuf all = Unpooled.buffer().writeZero(3).writeBytes(bytes);
            for (int at = 0; at < all.readableBytes(); at += piece) {
                assertThat(state.isSchemaFound()).isFalse();
                state.read(all, at, Math.min(piece, all.readableBytes() - at));
            }
            assertThat(state.isSchemaFound()).as("pieces of %d", piece).isTrue();
            assertThat(name()).isEqualTo("shop");
        }
    }

    @Test
    void blockIsReadAlone() {
        state.readBlock(Unpooled.wrappedBuffer(HexFormat.of().parseHex(SHOP)));
        assertThat(state.isSchemaFound()).isTrue();
        assertThat(name()).isEqualTo("shop");

        state.readBlock(Unpooled.EMPTY_BUFFER);
        assertThat(state.isSchemaFound()).isFalse();
    }

    @Test
    void anythingIsReadWithoutFailing() {
        Random random = new Random(4711);
        List<Boolean> found = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = HexFormat.of().parseHex(block("7f03aabbcc", SHOP, "0002abcd"));
            for (int j = random.nextInt(3); j > 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ByteBuf data = Unpooled.wrappedBuffer(bytes);
            state.begin(0);
            int split = random.nextInt(bytes.length);
            state.read(data, 0, split);
            state.read(data, split, bytes.length - split);
            found.add(state.isSchemaFound());
            assertThat(state.schemaLength()).isBetween(0, SessionState.MAX_NAME_BYTES);
        }
        assertThat(found).contains(true, false);
    }
}
