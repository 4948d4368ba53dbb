package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.AuthAnswer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPasswordTest {

    @ParameterizedTest
    @CsvSource({"'', ''", "00, ''", "616200, 6162", "610000, 6100", "61006200, 610062", "6162, 6162"})
    void isTheAnswerWithoutItsNul(String answer, String password) {
        Secret secret = ClientPassword.read(AuthAnswer.wrap(HexFormat.of().parseHex(answer)));

        assertThat(HexFormat.of().formatHex(secret.copy())).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "00, true", "0000, false", "61, false"})
    void theEmptyPasswordIsNothingOrANul(String answer, boolean empty) {
        assertThat(ClientPassword.isEmpty(AuthAnswer.wrap(HexFormat.of().parseHex(answer)))).isEqualTo(empty);
    }

    @Test
    void theAnswerIsWiped() {
        AuthAnswer answer = AuthAnswer.wrap("secret\0".getBytes(StandardCharsets.UTF_8));

        ClientPassword.read(answer);

        assertThat(answer.bytes()).containsOnly(0);
    }
}
