package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {

    /** The head of an X.509 SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
    private static final byte[] KEY_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Random random = new Random(9);

    private byte[] salt() {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        return salt;
    }

    private static byte[] sign(byte[] salt, String password) {
        Credentials credentials = new Credentials(ByteString.of("u"),
                Secret.wrap(ByteString.of(password).toByteArray()), Optional.empty(), ByteString.EMPTY);
        AuthStep step = new Ed25519(ByteString.copyOf(salt), credentials).start();
        return ((AuthStep.Send) step).answer().bytes();
    }

    /** What a server keeps: the public key that belongs to a password. */
    private static PublicKey publicKey(String password) throws GeneralSecurityException {
        byte[] scalar = Arrays.copyOf(Scramble.digest("SHA-512", ByteString.of(password).toByteArray()), 32);
        scalar[0] &= (byte) 0xf8;
        scalar[31] = (byte) ((scalar[31] & 0x3f) | 0x40);
        byte[] encoded = Arrays.copyOf(KEY_HEAD, KEY_HEAD.length + 32);
        System.arraycopy(EdwardsCurve.timesBase(scalar), 0, encoded, KEY_HEAD.length, 32);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static boolean verifies(PublicKey key, byte[] salt, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(salt);
        return verifier.verify(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "secret", "a password of more than thirty-two bytes, which is unusual",
            "pässwörd"})
    void signsTheSaltForTheKeyThatServersKeep(String password) throws GeneralSecurityException {
        for (int i = 0; i < 10; i++) {
            byte[] salt = salt();

            assertThat(verifies(publicKey(password), salt, sign(salt, password))).isTrue();
        }
    }

    @Test
    void anotherPasswordOrSaltDoesNotDo() throws GeneralSecurityException {
        byte[] salt = salt();
        byte[] signature = sign(salt, "right");

        assertThat(verifies(publicKey("wrong"), salt, signature)).isFalse();
        assertThat(verifies(publicKey("right"), salt(), signature)).isFalse();
    }
}
