package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Greeting;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackendAuthsTest {

    private static final ByteString SALT = counting(1, 20);

    @ParameterizedTest
    @CsvSource({"mysql_native_password,1,20,1914b7866c8b2a3dd5e40504c14d06f5a17b14af",
            "caching_sha2_password,1,20,56f121b8ace33c01ed02bbd1e1d90a0e016f59270689c37c5e656bf542af8a25",
            "client_ed25519,1,32,178960bac5bf418d0121a076a1dde2fc82a367de87f331185703ac4904d7784191d367cb2a4d7ebc9cd1d680bbd1db8598ad016c86933a9eda36a7e33499c10d",
            "client_ed25519,0,32,b1c81570f7cd018a1c7490c0b6bc36e9186e4c5e087c40a4813ea9a725059805486c2c8b606e16092aa376f378d061bdcc8072078ae32e332445c84f992d9501",
            "mysql_clear_password,0,0,62656e636800"})
    void answersWithTheKnownValue(String plugin, int firstSaltByte, int saltLength, String answer) {
        assertThat(hex(start(plugin, counting(firstSaltByte, saltLength), password("bench")))).isEqualTo(answer);
    }

    @Test
    void nativePasswordPrefersTheHash() {
        byte[] sha1 = new byte[20];
        Arrays.fill(sha1, (byte) 1);
        Credentials credentials = new Credentials(ByteString.of("u"), secret("ignored"),
                Optional.of(Secret.wrap(sha1)), ByteString.EMPTY);

        assertThat(hex(start("mysql_native_password", SALT, credentials)))
                .isEqualTo("b25f8b4de17d75a560ec2ff6575f75a316eb54b2");
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password", "caching_sha2_password"})
    void emptyPasswordGivesAnEmptyAnswer(String plugin) {
        assertThat(hex(start(plugin, SALT, password("")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password,19", "mysql_native_password,22", "caching_sha2_password,8",
            "client_ed25519,20"})
    void saltOfAnotherLengthFails(String plugin, int length) {
        assertThat(start(plugin, counting(1, length), password("bench"))).isEqualTo(Scramble.MALFORMED_SALT);
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password,20", "caching_sha2_password,20", "client_ed25519,32"})
    void saltMayEndWithNul(String plugin, int length) {
        ByteString salt = counting(1, length);
        ByteString terminated = ByteString.copyOf(Arrays.copyOf(salt.toByteArray(), length + 1));

        assertThat(hex(start(plugin, terminated, password("bench"))))
                .isEqualTo(hex(start(plugin, salt, password("bench"))));
        assertThat(start(plugin, counting(1, length + 1), password("bench"))).isEqualTo(Scramble.MALFORMED_SALT);
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password,mysql_native_password", "caching_sha2_password,caching_sha2_password",
            "mysql_clear_password,mysql_clear_password", "client_ed25519,client_ed25519", "'',mysql_native_password",
            "dialog,mysql_native_password"})
    void greetingDecidesOnTheFirstPlugin(String announced, String chosen) {
        Greeting greeting = new Greeting(ByteString.of("8"), 1, SALT, Capabilities.NONE, 33, 2,
                ByteString.of(announced));

        BackendAuth auth = new BackendAuths(password("x"), Safety.UNIX_SOCKET, false).forGreeting(greeting);

        assertThat(auth.plugin()).isEqualTo(ByteString.of(chosen));
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password,20", "mysql_clear_password,0", "client_ed25519,32"})
    void pluginsOfOneStepTakeNoFurtherData(String plugin, int saltLength) {
        BackendAuth auth = new BackendAuths(password("x"), Safety.UNIX_SOCKET, false)
                .forSwitch(new AuthSwitchRequest(ByteString.of(plugin), counting(1, saltLength))).orElseThrow();

        assertThat(auth.more(code(3))).isInstanceOfSatisfying(AuthStep.Fail.class,
                fail -> assertThat(fail.reason()).isEqualTo(AuthStep.Reason.PROTOCOL));
    }

    @ParameterizedTest
    @CsvSource({"caching_sha2_password,20", "client_ed25519,32", "mysql_clear_password,0"})
    void hashAloneServesNoOtherPlugin(String plugin, int saltLength) {
        Credentials credentials = new Credentials(ByteString.of("u"), Secret.empty(),
                Optional.of(Secret.wrap(new byte[20])), ByteString.EMPTY);

        assertThat(start(plugin, counting(1, saltLength), credentials)).isEqualTo(Scramble.NEED_PASSWORD);
    }

    @Test
    void clearPasswordOverANetworkNeedsTheScriptsConsent() {
        AuthSwitchRequest request = new AuthSwitchRequest(ByteString.of("mysql_clear_password"), ByteString.EMPTY);

        AuthStep refused = new BackendAuths(password("x"), Safety.NETWORK, false).forSwitch(request).orElseThrow()
                .start();
        AuthStep allowed = new BackendAuths(password("x"), Safety.NETWORK, true).forSwitch(request).orElseThrow()
                .start();

        assertThat(refused).isInstanceOfSatisfying(AuthStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo(AuthStep.Reason.POLICY);
            assertThat(fail.message()).contains("allow_cleartext");
        });
        assertThat(hex(allowed)).isEqualTo("7800");
    }

    @Test
    void unknownPluginIsNotMade() {
        assertThat(new BackendAuths(password("x"), Safety.UNIX_SOCKET, false)
                .forSwitch(new AuthSwitchRequest(ByteString.of("dialog"), SALT))).isEmpty();
    }

    @Test
    void sha2SendsThePasswordInClearOverUnixSockets() {
        BackendAuth auth = sha2(Safety.UNIX_SOCKET, "bench");

        assertThat(auth.more(code(3))).isEqualTo(new AuthStep.Wait());
        assertThat(hex(auth.more(code(4)))).isEqualTo("62656e636800");
    }

    @ParameterizedTest
    @EnumSource(value = Safety.class, names = {"LOOPBACK", "NETWORK"})
    void sha2EncryptsThePasswordOverTcp(Safety safety) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        BackendAuth auth = sha2(safety, "bench");

        assertThat(hex(auth.more(code(4)))).isEqualTo("02");
        AuthStep answer = auth.more(ByteString.of("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n"));

        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        byte[] plain = cipher.doFinal(HexFormat.of().parseHex(hex(answer)));
        assertThat(Scramble.xor(plain, SALT.toByteArray())).isEqualTo(new byte[]{'b', 'e', 'n', 'c', 'h', 0});
    }

    @Test
    void sha2RefusesAPasswordThatTheKeyCantEncrypt() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        BackendAuth auth = sha2(Safety.NETWORK, "x".repeat(214));
        auth.more(code(4));

        assertThat(auth.more(ByteString.of("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----")))
                .isEqualTo(new AuthStep.Fail(AuthStep.Reason.CREDENTIALS, "Password is too long"));
    }

    @ParameterizedTest
    @CsvSource({"'',Bad fast auth result packet from server", "0304,Bad fast auth result packet from server",
            "07,Bad fast auth result code from server"})
    void sha2RefusesOtherData(String data, String message) {
        BackendAuth auth = sha2(Safety.NETWORK, "bench");

        assertThat(auth.more(ByteString.copyOf(HexFormat.of().parseHex(data))))
                .isEqualTo(new AuthStep.Fail(AuthStep.Reason.PROTOCOL, message));
    }

    @Test
    void sha2RefusesWhatIsNoKey() {
        BackendAuth auth = sha2(Safety.NETWORK, "bench");
        auth.more(code(4));

        assertThat(auth.more(ByteString.of("no key")))
                .isEqualTo(new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Bad RSA key from server"));
    }

    private static BackendAuth sha2(Safety safety, String password) {
        BackendAuth auth = new BackendAuths(password(password), safety, false)
                .forSwitch(new AuthSwitchRequest(ByteString.of("caching_sha2_password"), SALT)).orElseThrow();
        assertThat(auth.start()).isInstanceOf(AuthStep.Send.class);
        return auth;
    }

    private static AuthStep start(String plugin, ByteString salt, Credentials credentials) {
        BackendAuth auth = new BackendAuths(credentials, Safety.UNIX_SOCKET, false)
                .forSwitch(new AuthSwitchRequest(ByteString.of(plugin), salt)).orElseThrow();
        assertThat(auth.plugin()).isEqualTo(ByteString.of(plugin));
        return auth.start();
    }

    private static String hex(AuthStep step) {
        assertThat(step).isInstanceOf(AuthStep.Send.class);
        return HexFormat.of().formatHex(((AuthStep.Send) step).answer().bytes());
    }

    private static ByteString code(int code) {
        return ByteString.copyOf(new byte[]{(byte) code});
    }

    private static Credentials password(String password) {
        return new Credentials(ByteString.of("u"), secret(password), Optional.empty(), ByteString.EMPTY);
    }

    private static Secret secret(String text) {
        return Secret.wrap(ByteString.of(text).toByteArray());
    }

    private static ByteString counting(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return ByteString.copyOf(bytes);
    }
}
