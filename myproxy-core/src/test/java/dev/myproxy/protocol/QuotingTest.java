package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"~~ | ~\"\"~", "616263 | ~\"abc\"~",
            "0a | ~\"\\n\"~", "0d09 | ~\"\\r\\t\"~", "22 | ~\"\\\"\"~", "5c | ~\"\\\\\"~", "00 | ~\"\\x00\"~",
            "1b | ~\"\\x1b\"~", "7f | ~\"\\x7f\"~", "c3a4 | ~\"ä\"~", "f09f9880 | ~\"😀\"~", "c285 | ~\"\\x85\"~",
            "e280ae | ~\"\\u202e\"~", "e280a8 | ~\"\\u2028\"~", "f3a08081 | ~\"\\U000e0001\"~", "ff | ~\"\\xff\"~",
            "c3 | ~\"\\xc3\"~", "c080 | ~\"\\xc0\\x80\"~", "eda080 | ~\"\\xed\\xa0\\x80\"~",
            "f4908080 | ~\"\\xf4\\x90\\x80\\x80\"~", "e28061 | ~\"\\xe2\\x80a\"~"})
    void makesAnythingPrintable(String hex, String quoted) {
        assertThat(Quoting.quote(Hex.bytes(hex))).isEqualTo(quoted);
    }

    @Test
    void squeezesErrorTextsIntoOneLine() {
        assertThat(Quoting.oneLine(" a\n\t b\r\n\u001b[1m\u0085 \"ä😀\\\n")).isEqualTo("a b \\x1b[1m\\x85 \"ä😀\\");
    }

    @Test
    void isOneLineOfPrintableTextWhateverComesIn() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);

            String quoted = Quoting.quote(bytes);

            assertThat(quoted).startsWith("\"").endsWith("\"").doesNotContainPattern("\\p{Cntrl}");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(quoted)).isTrue();
        }
    }
}
