package dev.myproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake2bTest {

    @Test
    void givesTheResultOfTheStandard() {
        assertThat(hex(Blake2b.digest("abc".getBytes(StandardCharsets.US_ASCII), 64)))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    /** The expected value comes from Python's hashlib. */
    @Test
    void takesMessagesOfEveryLength() {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (int length = 0; length <= 400; length++) {
            byte[] message = new byte[length];
            for (int i = 0; i < length; i++) {
                message[i] = (byte) (i % 251);
            }
            digests.writeBytes(Blake2b.digest(message, 16));
        }
        assertThat(hex(Blake2b.digest(digests.toByteArray(), 16))).isEqualTo("6a1bde1a94094c7d0afcb9f40f0fac8f");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
