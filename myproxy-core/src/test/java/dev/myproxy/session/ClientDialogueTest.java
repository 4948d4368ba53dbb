package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.RsaKey;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients tell their passwords over plain TCP. */
class ClientDialogueTest {

    private static final Login LOGIN = Login.clear("joe", "");

    private final BlockingQueue<Secret> passwords = new LinkedBlockingQueue<>();

    private TestProxy proxy(ListenOptions options) {
        return TestProxy.start(new Handlers(1, Set.of(), options), event -> {
            passwords.add(Secret.wrap(((ScriptEvent.HandshakeResponse) event).password().copy()));
            return new Decision.Refuse(ByteString.of("enough"));
        });
    }

    /** An own key keeps {@link TestProxy} from allowing passwords in clear. */
    private static ListenOptions strict() {
        return ListenOptions.builder().rsaKey(Key.SHORT).build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 21, 213})
    void passwordsComeEncrypted(int length) throws Exception {
        String password = "p".repeat(length);
        try (TestProxy proxy = proxy(strict()); RawClient client = RawClient.connect(proxy.address())) {
            byte[] salt = client.readGreeting().salt();

            Packet full = client.tryLogin(scrambled(password, salt));
            assertThat(full.payload()).containsExactly(1, 4);
            client.stream().write(full.sequence() + 1, new byte[]{2});
            Packet key = client.stream().read();
            client.stream().write(key.sequence() + 1, encrypt(key, password, salt));

            Packet end = client.stream().read();
            assertThat(end.sequence()).isEqualTo(6);
            assertThat(end.err()).isEqualTo(new Err(1043, "08S01", "enough"));
            assertThat(password()).isEqualTo(password);
        }
    }

    @Test
    void withoutAKeyOfTheListenerThereIsOneOfTheProcess() throws Exception {
        String password = "ü".repeat(150);
        try (TestProxy proxy = proxy(ListenOptions.DEFAULT); RawClient client = RawClient.connect(proxy.address())) {
            // the key is made when it is first asked for, which may take its time on a busy machine
            client.limit(Duration.ofMinutes(1));
            byte[] salt = client.readGreeting().salt();
            Packet full = client.tryLogin(scrambled(password, salt));
            client.stream().write(full.sequence() + 1, new byte[]{2});
            Packet key = client.stream().read();
            client.stream().write(key.sequence() + 1, encrypt(key, password, salt));

            assertThat(client.stream().read().err().message()).isEqualTo("enough");
            assertThat(password()).isEqualTo(password);
        }
    }

    @Test
    void aSwitchBringsASaltOfItsOwn() throws Exception {
        try (TestProxy proxy = proxy(strict()); RawClient client = RawClient.connect(proxy.address())) {
            Greeting greeting = client.readGreeting();
            assertThat(greeting.plugin()).isEqualTo("caching_sha2_password");
            Packet request = client.tryLogin(LOGIN.withAuth("mysql_native_password", new byte[20]));
            PayloadReader in = request.body();
            assertThat(request.first()).isEqualTo(0xfe);
            assertThat(in.nulText()).isEqualTo("caching_sha2_password");
            byte[] salt = in.bytes(20);
            assertThat(in.bytes(1)).containsExactly(0);
            assertThat(salt).isNotEqualTo(greeting.salt()).doesNotContain(0, '$');

            client.stream().write(3, Scrambles.cachingSha2("secret", salt));
            assertThat(client.stream().read().payload()).containsExactly(1, 4);
            client.stream().write(5, new byte[]{2});
            client.stream().write(7, encrypt(client.stream().read(), "secret", salt));

            assertThat(client.stream().read().err().message()).isEqualTo("enough");
            assertThat(password()).isEqualTo("secret");
        }
    }

    @Test
    void whatCannotBeDecryptedIsAWrongPassword() throws Exception {
        try (TestProxy proxy = proxy(strict()); RawClient client = RawClient.connect(proxy.address())) {
            Packet full = client.tryLogin(scrambled("secret", client.readGreeting().salt()));
            client.stream().write(full.sequence() + 1, new byte[256]);

            assertThat(client.stream().read().err()).isEqualTo(
                    new Err(1045, "28000", "Access denied for user 'joe'@'127.0.0.1' (using password: YES)"));
            client.expectEnd();
            assertThat(passwords).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_clear_password", "sha256_password"})
    void aPasswordInClearIsRefusedInWords(String plugin) throws Exception {
        try (TestProxy proxy = proxy(strict()); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            Packet refusal = client.tryLogin(LOGIN.withAuth(plugin, Scrambles.clear("secret")));

            assertThat(refusal.sequence()).isEqualTo(2);
            assertThat(refusal.err().code()).isEqualTo(1251);
            assertThat(refusal.err().message()).contains("allow_cleartext", "caching_sha2_password");
            client.expectEnd();
        }
    }

    @Test
    void theEmptyPasswordNeedsNoFurtherWord() throws Exception {
        try (TestProxy proxy = proxy(strict()); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertThat(client.tryLogin(LOGIN.withAuth("caching_sha2_password", new byte[0])).err().message())
                    .isEqualTo("enough");
            assertThat(password()).isEmpty();
        }
    }

    @Test
    void packetsMayComeInPiecesAndWithoutWaiting() throws Exception {
        try (TestProxy proxy = proxy(strict()); RawClient client = RawClient.connect(proxy.address()).pieces(1)) {
            byte[] salt = client.readGreeting().salt();
            client.sendLogin(scrambled("secret", salt));
            client.stream().write(3, new byte[]{2});
            client.stream().write(5, encrypt("secret", salt));

            assertThat(client.stream().read().payload()).containsExactly(1, 4);
            assertThat(client.stream().read().first()).isEqualTo(1);
            Packet end = client.stream().read();
            assertThat(end.sequence()).isEqualTo(6);
            assertThat(end.err().message()).isEqualTo("enough");
            assertThat(password()).isEqualTo("secret");
        }
    }

    @Test
    void allOfALoginMayComeAtOnce() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.DEFAULT); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.stream().raw(new PayloadWriter()
                    .bytes(PacketStream.frame(1, LOGIN.withAuth("caching_sha2_password", new byte[32]).write()))
                    .bytes(PacketStream.frame(3, Scrambles.clear("secret"))).toByteArray());

            assertThat(client.stream().read().payload()).containsExactly(1, 4);
            assertThat(client.stream().read().err().message()).isEqualTo("enough");
            assertThat(password()).isEqualTo("secret");
        }
    }

    @Test
    void aClientMayLeaveWhileItsPasswordIsDecrypted() throws Exception {
        try (TestProxy proxy = proxy(strict())) {
            for (int i = 0; i < 30; i++) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    byte[] salt = client.readGreeting().salt();
                    client.sendLogin(scrambled("secret", salt));
                    client.stream().write(3, encrypt("secret", salt));
                }
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
                assertThat(client.tryLogin(LOGIN.withAuth("caching_sha2_password", new byte[0])).isErr()).isTrue();
            }
        }
    }

    @Test
    void whereTheScriptGetsNoPasswordNobodyIsAskedForIt() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().auth(AuthMode.HASH).build());
                RawClient client = RawClient.connect(proxy.address())) {
            Packet end = client.tryLogin(scrambled("secret", client.readGreeting().salt()));

            assertThat(end.sequence()).isEqualTo(2);
            assertThat(end.err().message()).isEqualTo("enough");
            assertThat(password()).isEmpty();
        }
    }

    private String password() throws InterruptedException {
        return new String(Optional.ofNullable(passwords.poll(60, TimeUnit.SECONDS)).orElseThrow().copy(),
                StandardCharsets.UTF_8);
    }

    private static Login scrambled(String password, byte[] salt) {
        return LOGIN.withAuth("caching_sha2_password", Scrambles.cachingSha2(password, salt));
    }

    private static byte[] encrypt(Packet key, String password, byte[] salt) throws GeneralSecurityException {
        String pem = new String(key.payload(), 1, key.length() - 1, StandardCharsets.US_ASCII);
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return encrypt(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)), password, salt);
    }

    private static byte[] encrypt(String password, byte[] salt) throws GeneralSecurityException {
        return encrypt(Key.PUBLIC, password, salt);
    }

    private static byte[] encrypt(PublicKey key, String password, byte[] salt) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key,
                new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(Scrambles.xor(Scrambles.clear(password), salt));
    }

    /** A key of 2048 bits. */
    private static final class Key {
        static final RsaKey SHORT;
        static final PublicKey PUBLIC;

        static {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                var pair = generator.generateKeyPair();
                PUBLIC = pair.getPublic();
                SHORT = RsaKey.parse("-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private Key() {}
    }
}
