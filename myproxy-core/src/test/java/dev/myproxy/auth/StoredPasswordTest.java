package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPasswordTest {

    /** Of the password "se cret", as a server made it. */
    private static final String NATIVE = "*CCE9CD97E6B3EEBA0AB2BF9E1A6D6BF2DDFE4CC5";

    @Test
    void aNativeHashKnowsItsPassword() {
        StoredPassword.Native stored = (StoredPassword.Native) StoredPassword.parse(nativeHash("se cret"));

        assertThat(stored.isOf(secret("se cret"))).isTrue();
        assertThat(stored.isOf(secret("se cre"))).isFalse();
        assertThat(stored.isOf(Secret.empty())).isFalse();
    }

    @Test
    void theDigitsOfANativeHashMayBeSmall() {
        ByteString small = ByteString.of(nativeHash("x").utf8().toLowerCase(Locale.ROOT));

        assertThat(((StoredPassword.Native) StoredPassword.parse(small)).isOf(secret("x"))).isTrue();
    }

    @Test
    void whatFallsOutOfANativeProofIsTheSha1OfThePassword() {
        ByteString salt = ByteString.of("0123456789abcdefghij");
        AuthAnswer answer = AuthAnswer.wrap(Scramble.xor(sha1("se cret"),
                Scramble.digest("SHA-1", salt.toByteArray(), Scramble.digest("SHA-1", sha1("se cret")))));
        NativeProof proof = new NativeProof(answer, salt);

        assertThat(proof.check((StoredPassword.Native) StoredPassword.parse(nativeHash("se cret"))))
                .contains(Secret.wrap(sha1("se cret")));
        assertThat(proof.check((StoredPassword.Native) StoredPassword.parse(nativeHash("other")))).isEmpty();
        assertThat(new NativeProof(AuthAnswer.wrap(new byte[0]), salt)
                .check((StoredPassword.Native) StoredPassword.parse(nativeHash("")))).isEmpty();
    }

    @Test
    void aCachingSha2HashKnowsItsPassword() {
        StoredPassword.CachingSha2 stored = (StoredPassword.CachingSha2) StoredPassword.parse(sha2("se cret", 7));

        assertThat(stored.isOf(secret("se cret"))).isTrue();
        assertThat(stored.isOf(secret("se cre"))).isFalse();
        assertThat(stored.isOf(secret("x".repeat(2000)))).isFalse();
    }

    /** As MySQL 9.7 has made them, with 10,000 and 20,000 rounds. */
    @ParameterizedTest
    @CsvSource({
            "secret, 244124303041245144533B382D4E5D2B7E737029016C7806432C0C6B44356D445539636D7673616B50627065563379734D534A47764F2E7454526247384841376D4E59337934",
            "pässwörd, 24412430313424643D252954285A7A3D3935124F073534153A764C41756154366674616C3745693175397A2F437963563944436448397738384E665734475A6934394B6F4D43"})
    void theHashesOfServersAreKnown(String password, String hex) {
        StoredPassword stored = StoredPassword.parse(ByteString.copyOf(HexFormat.of().parseHex(hex)));

        assertThat(stored.isOf(secret(password))).isTrue();
        assertThat(stored.isOf(secret(password + "x"))).isFalse();
    }

    @Test
    void theRoundsAreThousandsInHexadecimalDigits() {
        StoredPassword.CachingSha2 stored = (StoredPassword.CachingSha2) StoredPassword.parse(sha2("x", 0x1a));

        assertThat(stored.isOf(secret("x"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "secret", "*CCE9", "*CCE9CD97E6B3EEBA0AB2BF9E1A6D6BF2DDFE4CCX",
            "CCE9CD97E6B3EEBA0AB2BF9E1A6D6BF2DDFE4CC5A", "$A$005$", "$5$005$012345678901234567890123456789"})
    void whatIsNoHashIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> StoredPassword.parse(ByteString.of(text)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected")
                .satisfies(
                        e -> assertThat(text.length() < 10 || !String.valueOf(e.getMessage()).contains(text)).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"000, 0", "3E9, 1001", "FFF, 4095"})
    void tooFewAndTooManyRoundsAreRefused(String digits, int thousands) {
        String text = "$A$" + digits + "$" + "s".repeat(20) + "h".repeat(43);

        assertThatThrownBy(() -> StoredPassword.parse(ByteString.of(text)))
                .hasMessage("1 to 1000 thousand rounds expected, got " + thousands);
    }

    @Test
    void hashesAreNotPrinted() {
        assertThat(StoredPassword.parse(ByteString.of(NATIVE))).hasToString("***");
        assertThat(StoredPassword.parse(sha2("x", 5))).hasToString("***");
    }

    private static ByteString nativeHash(String password) {
        return ByteString.of("*" + HexFormat.of().withUpperCase()
                .formatHex(Scramble.digest("SHA-1", sha1(password))));
    }

    private static ByteString sha2(String password, int thousands) {
        String salt = "0123456789abcdefghij";
        byte[] hash = Sha256Crypt.hash(password.getBytes(StandardCharsets.UTF_8), salt.getBytes(StandardCharsets.UTF_8),
                thousands * 1000);
        return ByteString.of("$A$%03X$".formatted(thousands) + salt + new String(hash, StandardCharsets.US_ASCII));
    }

    private static byte[] sha1(String text) {
        return Scramble.digest("SHA-1", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret secret(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
