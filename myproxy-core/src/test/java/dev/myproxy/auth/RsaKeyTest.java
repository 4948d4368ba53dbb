package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RsaKeyTest {

    private static final ByteString SALT = ByteString.of("abcdefghijklmnopqrst");
    private static final RsaKey KEY = RsaKey.generate();

    private static byte[] pkcs8 = new byte[0];

    @BeforeAll
    static void makeKey() throws NoSuchAlgorithmException {
        pkcs8 = pair("RSA", 2048).getPrivate().getEncoded();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 21, 214, 300, 341})
    void decryptsWhatAClientEncrypts(int length) {
        String password = "ü".repeat(length / 2) + "x".repeat(length % 2);

        AuthStep sent = RsaPassword.encrypt(secret(password), SALT.toByteArray(), KEY.pem());

        assertThat(KEY.decrypt(((AuthStep.Send) sent).answer(), SALT)).contains(secret(password));
    }

    @Test
    void takesNothingThatWasMadeForAnotherKeyOrSalt() {
        AuthStep.Send sent = (AuthStep.Send) RsaPassword.encrypt(secret("secret"), SALT.toByteArray(), KEY.pem());
        byte[] message = sent.answer().bytes().clone();

        assertThat(RsaKey.parse(pem("PRIVATE KEY", pkcs8)).decrypt(AuthAnswer.wrap(message.clone()), SALT)).isEmpty();
        assertThat(KEY.decrypt(AuthAnswer.wrap(message.clone()), ByteString.of("tsrqponmlkjihgfedcba"))).isEmpty();
        assertThat(KEY.decrypt(AuthAnswer.wrap(new byte[384]), SALT)).isEmpty();
        assertThat(KEY.decrypt(AuthAnswer.wrap(new byte[0]), SALT)).isEmpty();
    }

    @Test
    void wipesTheMessage() {
        AuthAnswer message = AuthAnswer.wrap(new byte[]{1, 2, 3});

        KEY.decrypt(message, SALT);

        assertThat(message.bytes()).containsOnly(0);
    }

    @Test
    void readsKeysOfBothForms() {
        // the key itself stands at the end of its envelope, behind a header of 26 bytes
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

        RsaKey one = RsaKey.parse(pem("PRIVATE KEY", pkcs8));
        RsaKey other = RsaKey.parse("a comment\n" + pem("RSA PRIVATE KEY", pkcs1) + "more");

        assertThat(one.pem()).isEqualTo(other.pem());
        assertThat(one).hasToString("RsaKey[2048 bits]");
    }

    @ParameterizedTest
    @CsvSource({"'', it has no", "-----BEGIN ENCRYPTED PRIVATE KEY-----, it is encrypted",
            "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----, it is no RSA private key"})
    void saysWhatIsWrongWithAFile(String text, String message) {
        assertThatThrownBy(() -> RsaKey.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void takesNoShortKeysAndNoOtherKind() throws NoSuchAlgorithmException {
        assertThatThrownBy(() -> RsaKey.parse(pem("PRIVATE KEY", pair("RSA", 1024).getPrivate().getEncoded())))
                .hasMessage("it has 1024 bits; it must have 2048 to 8192");
        assertThatThrownBy(() -> RsaKey.parse(pem("PRIVATE KEY", pair("EC", 256).getPrivate().getEncoded())))
                .hasMessage("it is no RSA private key");
    }

    private static KeyPair pair(String kind, int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String pem(String name, byte[] encoded) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + name
                + "-----\n";
    }

    private static Secret secret(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
