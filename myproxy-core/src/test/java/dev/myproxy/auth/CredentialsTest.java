package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private final Credentials credentials = new Credentials(ByteString.of("user"),
            Secret.wrap(new byte[]{'h', 'u', 'n', 't', 'e', 'r'}), Optional.of(Secret.wrap(new byte[20])),
            ByteString.of("db"));

    @Test
    void showsNoPassword() {
        assertThat(credentials.toString()).contains("user", "db", "***").doesNotContain("hunter");
    }

    @Test
    void wipesItsSecrets() {
        credentials.clear();

        assertThat(credentials.password().isEmpty()).isTrue();
        assertThat(credentials.passwordSha1().orElseThrow().isEmpty()).isTrue();
        assertThat(credentials.user()).isEqualTo(ByteString.of("user"));
    }
}
