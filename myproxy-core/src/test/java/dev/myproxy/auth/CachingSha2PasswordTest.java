package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exchange over TCP in particular; known answers are in {@link BackendAuthsTest}. */
class CachingSha2PasswordTest {

    private static final ByteString FULL = ByteString.copyOf(new byte[]{4});
    private static final ByteString SALT = ByteString.of("abcdefghijklmnopqrst");

    private static CachingSha2Password auth(String password) {
        return new CachingSha2Password(SALT, new Credentials(ByteString.of("u"),
                Secret.wrap(ByteString.of(password).toByteArray()), Optional.empty(), ByteString.EMPTY),
                Safety.NETWORK);
    }

    private static KeyPair keys(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static ByteString pem(KeyPair keys) {
        return pem(keys.getPublic().getEncoded());
    }

    private static ByteString pem(byte[] encoded) {
        return ByteString.of("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n");
    }

    @ParameterizedTest
    @CsvSource({"2048, 213", "1024, 85", "1028, 86"})
    void encryptsThePasswordAsLongAsTheKeyAllows(int bits, int longest) throws GeneralSecurityException {
        KeyPair keys = keys(bits);
        String password = "p".repeat(longest);
        CachingSha2Password auth = auth(password);
        auth.more(FULL);

        AuthStep answer = auth.more(pem(keys));

        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        byte[] plain = cipher.doFinal(((AuthStep.Send) answer).answer().bytes());
        assertThat(ByteString.copyOf(Scramble.xor(plain, SALT.toByteArray())))
                .isEqualTo(ByteString.of(password + "\0"));

        CachingSha2Password longer = auth(password + "p");
        longer.more(FULL);
        assertThat(longer.more(pem(keys)))
                .isEqualTo(new AuthStep.Fail(AuthStep.Reason.CREDENTIALS, "Password is too long"));
    }

    @Test
    void onlyEncryptingKeepsAnEventLoopWaiting() {
        CachingSha2Password auth = auth("secret");
        assertThat(auth.isBlocking()).isFalse();
        auth.start();
        assertThat(auth.isBlocking()).isFalse();

        auth.more(FULL);

        assertThat(auth.isBlocking()).isTrue();
    }

    @Test
    void brokenKeysAreAnsweredOrRefusedButNeverThrow() throws GeneralSecurityException {
        Random random = new Random(6);
        byte[] good = keys(1024).getPublic().getEncoded();
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            byte[] broken = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int changes = random.nextInt(4); changes > 0 && broken.length > 0; changes--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            CachingSha2Password auth = auth("secret");
            auth.more(FULL);

            AuthStep step = auth.more(pem(broken));

            assertThat(step).isNotInstanceOf(AuthStep.Wait.class);
            refused += step instanceof AuthStep.Fail ? 1 : 0;
        }
        assertThat(refused).isBetween(150, 600);
    }
}
