package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Sha256PasswordTest {

    private static final ByteString SALT = ByteString.of("abcdefghijklmnopqrst");
    private static final RsaKey KEY = RsaKey.generate();
    private static final byte[] REQUEST = {1};

    private static Sha256Password auth(String password, Safety safety) {
        return auth(password, safety, SALT, Optional.empty());
    }

    private static Sha256Password auth(String password, Safety safety, ByteString salt, Optional<Secret> sha1) {
        return new Sha256Password(salt, new Credentials(ByteString.of("u"),
                Secret.wrap(ByteString.of(password).toByteArray()), sha1, ByteString.EMPTY), safety);
    }

    private static byte[] sent(AuthStep step) {
        return ((AuthStep.Send) step).answer().bytes();
    }

    @ParameterizedTest
    @EnumSource(value = Safety.class, names = "TLS", mode = EnumSource.Mode.EXCLUDE)
    void encryptsThePasswordWhereThereIsNoTls(Safety safety) {
        Sha256Password auth = auth("secret", safety);

        assertThat(sent(auth.start())).isEqualTo(REQUEST);
        assertThat(auth.isBlocking()).isTrue();
        byte[] encrypted = sent(auth.more(KEY.pem()));

        assertThat(KEY.decrypt(AuthAnswer.wrap(encrypted), SALT))
                .contains(Secret.wrap(ByteString.of("secret").toByteArray()));
        assertThat(auth.isBlocking()).isFalse();
        assertThat(auth.more(KEY.pem())).isInstanceOf(AuthStep.Fail.class);
    }

    @Test
    void tellsThePasswordWithinTls() {
        assertThat(sent(auth("secret", Safety.TLS).start())).isEqualTo(new byte[]{'s', 'e', 'c', 'r', 'e', 't', 0});
    }

    @ParameterizedTest
    @EnumSource
    void saysThatThereIsNoPassword(Safety safety) {
        assertThat(sent(auth("", safety).start())).isEqualTo(new byte[1]);
    }

    @Test
    void aHashIsNotEnough() {
        assertThat(auth("", Safety.UNIX_SOCKET, SALT, Optional.of(Secret.wrap(new byte[20]))).start())
                .isEqualTo(Scramble.NEED_PASSWORD);
    }

    @Test
    void saltsHaveTwentyBytes() {
        ByteString terminated = ByteString.copyOf(Arrays.copyOf(SALT.toByteArray(), 21));

        assertThat(sent(auth("secret", Safety.NETWORK, terminated, Optional.empty()).start())).isEqualTo(REQUEST);
        assertThat(auth("secret", Safety.NETWORK, ByteString.of("short"), Optional.empty()).start())
                .isEqualTo(Scramble.MALFORMED_SALT);
    }

    @Test
    void passwordsThatTheKeyCantEncryptAreTooLong() {
        Sha256Password auth = auth("p".repeat(342), Safety.NETWORK);
        auth.start();

        assertThat(auth.more(KEY.pem()))
                .isEqualTo(new AuthStep.Fail(AuthStep.Reason.CREDENTIALS, "Password is too long"));
    }
}
