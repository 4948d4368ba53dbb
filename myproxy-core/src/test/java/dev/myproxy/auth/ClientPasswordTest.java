package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPasswordTest {

    @ParameterizedTest
    @CsvSource({"'', ''", "00, ''", "616200, 6162", "610000, 6100", "61006200, 610062", "6162, 6162"})
    void isTheAnswerWithoutItsNul(String answer, String password) {
        Secret secret = ClientPassword.read(AuthAnswer.wrap(HexFormat.of().parseHex(answer)));

        assertThat(HexFormat.of().formatHex(secret.copy())).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret\0"})
    void theNulMayBeMissingWhereThePluginIsNamed(String answer) {
        assertThat(read(answer, "mysql_clear_password")).contains(secret("secret"));
    }

    @Test
    void withoutAPluginNameTheNulTells() {
        assertThat(read("secret\0", "")).contains(secret("secret"));
        assertThat(read("secret", "")).isEmpty();
    }

    @Test
    void aScrambleIsNoPasswordEvenIfItsLastByteIsNul() {
        assertThat(read("scramble\0", "mysql_native_password")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_clear_password", "mysql_native_password"})
    void nothingIsTheEmptyPasswordByEachPlugin(String plugin) {
        assertThat(read("", plugin)).contains(Secret.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dummy_fallback_auth"})
    void nothingIsNoAnswerOfAClientThatDidNotKnowThePlugin(String plugin) {
        assertThat(read("", plugin)).isEmpty();
    }

    @Test
    void nothingIsTheEmptyPasswordOfAClientThatCannotBeAsked() {
        assertThat(ClientPassword.read(answer(""), ByteString.EMPTY, false)).contains(Secret.empty());
    }

    @Test
    void theAnswerIsWiped() {
        AuthAnswer taken = answer("secret\0");
        AuthAnswer refused = answer("scramble");

        ClientPassword.read(taken, ByteString.EMPTY, true);
        ClientPassword.read(refused, ByteString.of("other"), true);

        assertThat(taken.bytes()).containsOnly(0);
        assertThat(refused.bytes()).containsOnly(0);
    }

    private static Optional<Secret> read(String answer, String plugin) {
        return ClientPassword.read(answer(answer), ByteString.of(plugin), true);
    }

    private static AuthAnswer answer(String text) {
        return AuthAnswer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret secret(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
