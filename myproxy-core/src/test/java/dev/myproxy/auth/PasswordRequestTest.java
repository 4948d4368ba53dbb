package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRequestTest {

    private static final ByteString GREETED = ByteString.of("greeted");
    private static final ByteString FRESH = ByteString.of("fresh");
    private static final String SCRAMBLE = "a scramble of thirty-two bytes..";

    @ParameterizedTest
    @EnumSource(value = Safety.class, names = {"UNIX_SOCKET", "TLS"})
    void whereNobodyListensAScrambleIsFollowedByThePassword(Safety safety) {
        PasswordRequest request = request("caching_sha2_password", SCRAMBLE, safety, false);

        assertThat(request.begin()).isEqualTo(new ClientStep.More(ByteString.copyOf(new byte[]{4})));
        assertThat(request.next(answer("se\0cret\0"))).isEqualTo(password("se\0cret"));
    }

    @ParameterizedTest
    @EnumSource(Safety.class)
    void whoAsksForTheKeyGetsIt(Safety safety) {
        PasswordRequest request = request("caching_sha2_password", SCRAMBLE, safety, false);
        AuthAnswer message = answer("m".repeat(384));

        request.begin();

        assertThat(request.next(answer("\2"))).isEqualTo(new ClientStep.SendKey());
        assertThat(request.next(message)).isEqualTo(new ClientStep.Decrypt(message, GREETED));
    }

    @ParameterizedTest
    @EnumSource(value = Safety.class, names = {"LOOPBACK", "NETWORK"})
    void whoHasTheKeyAlreadyEncryptsAtOnce(Safety safety) {
        PasswordRequest request = request("caching_sha2_password", SCRAMBLE, safety, false);
        AuthAnswer message = answer("m".repeat(256));

        request.begin();

        assertThat(request.next(message)).isEqualTo(new ClientStep.Decrypt(message, GREETED));
    }

    @ParameterizedTest
    @EnumSource(value = Safety.class, names = {"LOOPBACK", "NETWORK"})
    void whereOthersListenNoPasswordIsTakenInClear(Safety safety) {
        PasswordRequest sha2 = request("caching_sha2_password", SCRAMBLE, safety, false);
        AuthAnswer secret = answer("secret\0");
        sha2.begin();

        assertThat(sha2.next(secret)).isEqualTo(new ClientStep.Refuse(ClientStep.Reason.CLEARTEXT));
        assertThat(secret.bytes()).containsOnly(0);
        assertThat(request("mysql_clear_password", "secret\0", safety, false).begin())
                .isEqualTo(new ClientStep.Refuse(ClientStep.Reason.CLEARTEXT));
        assertThat(request("sha256_password", "secret\0", safety, false).begin())
                .isEqualTo(new ClientStep.Refuse(ClientStep.Reason.CLEARTEXT));
    }

    @ParameterizedTest
    @CsvSource({"UNIX_SOCKET, false", "TLS, false", "LOOPBACK, true", "NETWORK, true"})
    void aPasswordInClearIsTakenWhereItMayCome(Safety safety, boolean allowed) {
        assertThat(request("mysql_clear_password", "secret\0", safety, allowed).begin())
                .isEqualTo(password("secret"));
        assertThat(request("mysql_clear_password", "secret", safety, allowed).begin()).isEqualTo(password("secret"));
        assertThat(request("", "secret\0", safety, allowed).begin()).isEqualTo(password("secret"));
        assertThat(request("sha256_password", "secret\0", safety, allowed).begin()).isEqualTo(password("secret"));
    }

    @ParameterizedTest
    @CsvSource({"caching_sha2_password, ''", "caching_sha2_password, '\0'", "sha256_password, '\0'",
            "mysql_clear_password, ''", "mysql_clear_password, '\0'"})
    void nothingIsTheEmptyPassword(String plugin, String answer) {
        assertThat(request(plugin, answer, Safety.UNIX_SOCKET, false).begin()).isEqualTo(password(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_native_password", "client_ed25519", "parsec", "dialog", ""})
    void whoComesWithSomethingElseIsAskedToSwitch(String plugin) {
        PasswordRequest request = request(plugin, "a proof", Safety.NETWORK, false);

        ClientStep.Switch step = (ClientStep.Switch) request.begin();

        assertThat(step.request().plugin()).isEqualTo(ByteString.of("caching_sha2_password"));
        assertThat(step.request().data()).isEqualTo(ByteString.of("fresh\0"));
        assertThat(request.next(answer(SCRAMBLE))).isInstanceOf(ClientStep.More.class);
        AuthAnswer message = answer("m".repeat(384));
        request.next(answer("\2"));
        assertThat(request.next(message)).isEqualTo(new ClientStep.Decrypt(message, FRESH));
    }

    @Test
    void theEmptyPasswordMayComeAfterASwitch() {
        PasswordRequest request = request("mysql_native_password", "", Safety.NETWORK, false);

        assertThat(request.begin()).isInstanceOf(ClientStep.Switch.class);
        assertThat(request.next(answer(""))).isEqualTo(password(""));
    }

    @Test
    void whoCouldNotLoadTheGreetingsPluginIsAskedForItAgain() {
        PasswordRequest safe = request("dummy_fallback_auth", "", Safety.UNIX_SOCKET, false);
        PasswordRequest open = request("dummy_fallback_auth", "", Safety.NETWORK, false);

        assertThat(((ClientStep.Switch) safe.begin()).request().plugin()).isEqualTo(PasswordRequest.PLUGIN);
        assertThat(((ClientStep.Switch) open.begin()).request().plugin()).isEqualTo(PasswordRequest.PLUGIN);
    }

    @Test
    void sha256PasswordSaysNothingToBeGivenASalt() {
        PasswordRequest request = request("sha256_password", "", Safety.NETWORK, false);
        AuthAnswer message = answer("m".repeat(384));

        assertThat(((ClientStep.Switch) request.begin()).request().plugin())
                .isEqualTo(ByteString.of("sha256_password"));
        assertThat(request.next(answer("\1"))).isEqualTo(new ClientStep.SendKey());
        assertThat(request.next(message)).isEqualTo(new ClientStep.Decrypt(message, FRESH));
    }

    @Test
    void whoChangesTheUserSaysNothingToBeGivenASalt() {
        PasswordRequest request = new PasswordRequest(new ClientAnswer(ByteString.of("caching_sha2_password"),
                answer(""), GREETED, true, false), Safety.NETWORK, false, () -> FRESH, false);

        assertThat(((ClientStep.Switch) request.begin()).request().data()).isEqualTo(ByteString.of("fresh\0"));
        assertThat(request.next(answer(""))).isEqualTo(password(""));
    }

    private static PasswordRequest withoutOaep(String plugin, String answer, Safety safety, boolean canSwitch) {
        return new PasswordRequest(
                new ClientAnswer(ByteString.of(plugin), answer(answer), GREETED, canSwitch, true), safety, false,
                () -> FRESH, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caching_sha2_password", "mysql_native_password"})
    void whoPadsInAWayOfItsOwnIsAskedForSha256Password(String plugin) {
        PasswordRequest request = withoutOaep(plugin, SCRAMBLE, Safety.NETWORK, true);
        AuthAnswer message = answer("m".repeat(384));

        assertThat(((ClientStep.Switch) request.begin()).request().plugin())
                .isEqualTo(ByteString.of("sha256_password"));
        assertThat(request.next(answer("\1"))).isEqualTo(new ClientStep.SendKey());
        assertThat(request.next(message)).isEqualTo(new ClientStep.Decrypt(message, FRESH));
    }

    @Test
    void nobodyIsAskedForSha256PasswordWhereNothingIsEncrypted() {
        ClientStep full = new ClientStep.More(ByteString.copyOf(new byte[]{4}));

        for (Safety safety : List.of(Safety.UNIX_SOCKET, Safety.TLS)) {
            assertThat(withoutOaep("caching_sha2_password", SCRAMBLE, safety, true).begin()).isEqualTo(full);
        }
        assertThat(withoutOaep("caching_sha2_password", SCRAMBLE, Safety.NETWORK, false).begin()).isEqualTo(full);
        assertThat(withoutOaep("caching_sha2_password", "", Safety.NETWORK, true).begin()).isEqualTo(password(""));
    }

    @Test
    void whoCannotBeAskedIsTakenAtItsWord() {
        assertThat(old("secret\0", Safety.UNIX_SOCKET)).isEqualTo(password("secret"));
        assertThat(old("", Safety.NETWORK)).isEqualTo(password(""));
        assertThat(old("a proof of twenty...", Safety.UNIX_SOCKET))
                .isEqualTo(new ClientStep.Refuse(ClientStep.Reason.UNSUPPORTED));
        assertThat(old("secret\0", Safety.NETWORK)).isEqualTo(new ClientStep.Refuse(ClientStep.Reason.UNSUPPORTED));
    }

    private static ClientStep old(String answer, Safety safety) {
        return new PasswordRequest(new ClientAnswer(ByteString.EMPTY, answer(answer), GREETED, false, true), safety,
                false, () -> FRESH, false).begin();
    }

    private static PasswordRequest request(String plugin, String answer, Safety safety, boolean allowed) {
        return new PasswordRequest(new ClientAnswer(ByteString.of(plugin), answer(answer), GREETED, true, true),
                safety, allowed, () -> FRESH, false);
    }

    private static ClientStep password(String text) {
        return new ClientStep.Password(Secret.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static AuthAnswer answer(String text) {
        return AuthAnswer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
