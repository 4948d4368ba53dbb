package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsecTest {

    private static final byte[] SCRAMBLE = HexFormat.of()
            .parseHex("000e1c2a38465462707e8c9aa8b6c4d2e0eefc0a18263442505e6c7a8896a4b2");

    /** What MariaDB 11.8.6 stores for a password: how it is derived, and the public key. */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    private record Stored(byte[] salt, byte[] key) {

        static Stored of(String text) {
            String[] parts = text.split(":", -1);
            return new Stored(Base64.getDecoder().decode(parts[1]), Base64.getDecoder().decode(parts[2]));
        }
    }

    static Stream<Arguments> passwords() {
        return Stream.of(Arguments.of("secret",
                "P0:F0KgBzmqfiGPA/DnCM2Cis1n:wzsk/6qpuh9xxGp68qBAShCwVd6mjlx+f5IwATlDzw4"),
                Arguments.of("", "P0:5v244njLfYXPsnKYuXGF5llT:5SMJXZl0qwdA5vIw9A3O53X/eEzHErbb4Ioe98swUA0"),
                Arguments.of("x".repeat(300),
                        "P0:wqbC2Omj2v0sdoX5RumPuNwP:/CTk3jJa/Rnt7Vh5mZ49ua6S1ZlWzUFS3nmGKwALUVI"));
    }

    private static Parsec parsec(String password, byte[] scramble) {
        return new Parsec(ByteString.copyOf(scramble), new Credentials(ByteString.of("u"),
                Secret.wrap(password.getBytes(StandardCharsets.UTF_8)), Optional.empty(), ByteString.EMPTY));
    }

    private static ByteString extended(int factor, byte[] salt) {
        byte[] data = new byte[2 + salt.length];
        data[0] = 'P';
        data[1] = (byte) factor;
        System.arraycopy(salt, 0, data, 2, salt.length);
        return ByteString.copyOf(data);
    }

    private static byte[] sent(AuthStep step) {
        assertThat(step).isInstanceOf(AuthStep.Send.class);
        return ((AuthStep.Send) step).answer().bytes();
    }

    /** What the server does. */
    private static boolean isSignedBy(byte[] publicKey, byte[] answer) throws Exception {
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = publicKey[31 - i];
        }
        boolean odd = reversed[0] < 0;
        reversed[0] &= 0x7f;
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, reversed))));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(SCRAMBLE);
        signature.update(answer, 0, 32);
        return signature.verify(answer, 32, 64);
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void theKeyOfTheServerVerifiesTheSignature(String password, String stored) throws Exception {
        Stored account = Stored.of(stored);
        Parsec parsec = parsec(password, SCRAMBLE);

        assertThat(parsec.isBlocking()).isFalse();
        assertThat(sent(parsec.start())).isEmpty();
        assertThat(parsec.isBlocking()).isTrue();
        byte[] answer = sent(parsec.more(extended(0, account.salt())));

        assertThat(answer).hasSize(96);
        assertThat(isSignedBy(account.key(), answer)).isTrue();
        assertThat(Arrays.copyOf(sent(parsec.more(extended(0, account.salt()))), 32)).as("another scramble each time")
                .isNotEqualTo(Arrays.copyOf(answer, 32));
    }

    @Test
    void anotherPasswordIsNoProof() throws Exception {
        Stored account = Stored.of((String) passwords().findFirst().orElseThrow().get()[1]);
        Parsec parsec = parsec("Secret", SCRAMBLE);
        parsec.start();

        assertThat(isSignedBy(account.key(), sent(parsec.more(extended(0, account.salt()))))).isFalse();
        parsec = parsec("secret", SCRAMBLE);
        parsec.start();
        assertThat(isSignedBy(account.key(), sent(parsec.more(extended(1, account.salt()))))).as("more iterations")
                .isFalse();
    }

    /** The example of RFC 7914 for HMAC-SHA256 has no counterpart; this one is widely published for HMAC-SHA512. */
    @Test
    void keysAreDerivedAsElsewhere() {
        assertThat(HexFormat.of().formatHex(Pbkdf2.sha512("password".getBytes(StandardCharsets.UTF_8),
                "salt".getBytes(StandardCharsets.UTF_8), 4096, 64)))
                .isEqualTo("d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
                        + "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "50", "5100000000000000000000000000000000000000",
            "5004000000000000000000000000000000000000",
            "50ff000000000000000000000000000000000000", "50000000000000000000000000000000000000",
            "500000000000000000000000000000000000000000"})
    void badSalts(String hex) {
        Parsec parsec = parsec("secret", SCRAMBLE);
        parsec.start();

        assertThat(parsec.more(ByteString.copyOf(HexFormat.of().parseHex(hex)))).isEqualTo(
                new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Bad extended salt of parsec from server"));
    }

    @Test
    void withoutThePasswordItself() {
        Credentials hashed = new Credentials(ByteString.of("u"), Secret.empty(),
                Optional.of(Secret.wrap(new byte[20])), ByteString.EMPTY);

        assertThat(new Parsec(ByteString.copyOf(SCRAMBLE), hashed).start()).isEqualTo(Scramble.NEED_PASSWORD);
        assertThat(parsec("secret", new byte[20]).start()).isEqualTo(Scramble.MALFORMED_SALT);
    }
}
