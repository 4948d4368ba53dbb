package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;

/** Whatever a script gives for a stored hash, or stands in the file of a key: it is taken, or refused in words that have nothing of it. */
class StoredSecretFuzzTest {

    @FuzzTest
    void hash(byte[] input) {
        try {
            StoredPassword stored = StoredPassword.parse(ByteString.copyOf(input));
            assertThat(stored).hasToString("***");
            if (stored instanceof StoredPassword.Native hash) {
                assertThat(hash.isOf(Secret.wrap(new byte[]{'x'}))).isFalse();
            }
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("expected");
        }
    }

    @FuzzTest
    void key(byte[] input) {
        try {
            RsaKey key = RsaKey.parse(new String(input, StandardCharsets.ISO_8859_1));
            assertThat(key.pem().utf8()).startsWith("-----BEGIN PUBLIC KEY-----");
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(200);
        }
    }
}
