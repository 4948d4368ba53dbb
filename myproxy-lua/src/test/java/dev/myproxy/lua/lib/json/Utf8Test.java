package dev.myproxy.lua.lib.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.myproxy.protocol.ByteString;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @Test
    void validBytesAreDecoded() throws Exception {
        for (String text : new String[]{"", "a\0b", "ä€\ud83d\ude00\udbff\udfff", "\ufffd"}) {
            assertThat(Utf8.decode(ByteString.of(text))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 0", "c3, 0", "c328, 0", "c080, 0", "e08080, 0", "eda080, 0", "f4908080, 0", "ff, 0", "61c3a4ff, 3",
            "e282ace282, 3", "efbfbdff, 3"})
    void invalidBytesAreFound(String hex, int offset) {
        ByteString bytes = ByteString.copyOf(HexFormat.of().parseHex(hex));

        Utf8.Invalid invalid = catchThrowableOfType(Utf8.Invalid.class, () -> Utf8.decode(bytes));

        assertThat(invalid.offset()).isEqualTo(offset);
        assertThat(ByteString.of(invalid.before())).isEqualTo(ByteString.copyOf(bytes.toByteArray(), 0, offset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\ud83d\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halvesOfPairsAreFound(String text) {
        assertThat(Utf8.hasLoneSurrogate(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\ud83d\ude00", "a\ud83d\ude00\ud83d\ude00b", "\ufffd"})
    void pairsAreWhole(String text) {
        assertThat(Utf8.hasLoneSurrogate(text)).isFalse();
    }
}
