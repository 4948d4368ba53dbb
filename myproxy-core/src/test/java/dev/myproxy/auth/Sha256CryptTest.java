package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256CryptTest {

    /** The hashes of the C library's crypt(3), whose salts are of at most 16 bytes. */
    @ParameterizedTest
    @CsvSource({"Hello wörld, saltstring1, 5000, KNWPbsDneMg.y6v/U2knJqhxcJIeBRLmqn1t/DMs./0",
            "x, 0123456789abcdef, 5000, .fULuWHW4LFdceMju5Z2fLohL4aL5Nk149iH4KnvtJ9",
            "'', abc, 5000, bBHLwRRW2Li0XKaX13kz/g2fkDil4Jx46aNvd.48MS8",
            "0123456789012345678901234567890123456789012345678901234567890123456789, q, 5000, r3mDmt9kDbgb.xZMPEYExhmtN4rif3P.GHvGUb62xw.",
            "Hello world!, saltstringsaltst, 10000, 3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
            "a, asaltof16chars.., 123456, 8frdsfpItXb4QiZYXAChKFrKpoeu.5ikQNtMmw0qZhD"})
    void isTheSameAsElsewhere(String password, String salt, int rounds, String hash) {
        assertThat(text(Sha256Crypt.hash(bytes(password), bytes(salt), rounds))).isEqualTo(hash);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] hash) {
        return new String(hash, StandardCharsets.US_ASCII);
    }
}
