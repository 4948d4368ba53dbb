package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.AuthAnswer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPasswordTest {

    private static AuthAnswer answer(String hex) {
        return AuthAnswer.wrap(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "00, ''", "616200, 6162", "610000, 6100", "61006200, 610062"})
    void isTheAnswerWithoutItsNul(String answer, String password) {
        Secret secret = ClientPassword.read(answer(answer)).orElseThrow();

        assertThat(HexFormat.of().formatHex(secret.copy())).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "6162", "006162", "1914b7866c8b2a3dd5e40504c14d06f5a17b14af"})
    void mustEndWithANul(String answer) {
        assertThat(ClientPassword.read(answer(answer))).isEmpty();
    }

    @Test
    void leavesNothingInTheAnswer() {
        AuthAnswer good = answer("616200");
        AuthAnswer bad = answer("6162");

        assertThat(ClientPassword.read(good)).isPresent();
        assertThat(ClientPassword.read(bad)).isEmpty();

        assertThat(good.bytes()).containsOnly(0);
        assertThat(bad.bytes()).containsOnly(0);
    }
}
