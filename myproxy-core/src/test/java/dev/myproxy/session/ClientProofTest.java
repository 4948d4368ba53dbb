package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.auth.StoredPassword;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerAuth;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.PasswordProof;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import dev.myproxy.tls.TestEngines;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Clients that prove that they know a password of which the script has a hash. */
class ClientProofTest {

    /** Both of the password "secret"; the second one as MySQL made it. */
    private static final StoredPassword NATIVE = stored("*14E65567ABDB5135D0CFD9A70B3032C179A49EE7");
    private static final StoredPassword SHA2 = StoredPassword
            .parse(ByteString.copyOf(
                    HexFormat.of().parseHex("244124303041245144533B382D4E5D2B7E737029016C7806432C0C6B44356D44553963"
                            + "6D7673616B50627065563379734D534A47764F2E7454526247384841376D4E59337934")));
    private static final StoredPassword OTHER = stored("*" + "0".repeat(40));

    private static final Login LOGIN = Login.clear("joe", "");
    private static final ListenOptions OPTIONS = ListenOptions.builder().auth(AuthMode.HASH).allowCleartext(true)
            .build();

    private static StoredPassword stored(String hash) {
        return StoredPassword.parse(ByteString.of(hash));
    }

    /** A proxy whose script answers with what it has found out. */
    private static TestProxy proxy(Function<PasswordProof, Future<?>> script) {
        return TestProxy.startLater(new Handlers(1, Set.of(), OPTIONS),
                event -> script.apply(((ScriptEvent.HandshakeResponse) event).proof())
                        .map(found -> String.valueOf(found)).otherwise(Throwable::getMessage)
                        .map(text -> new Decision.Refuse(ByteString.of(text))));
    }

    @Test
    void aNativeHashIsCheckedByASwitch() throws Exception {
        try (TestProxy proxy = proxy(proof -> proof.verify(NATIVE))) {
            assertThat(provesNatively(proxy, "secret")).isEqualTo("true");
            assertThat(provesNatively(proxy, "Secret")).isEqualTo("false");
            assertThat(provesNatively(proxy, "")).isEqualTo("false");
        }
    }

    private static String provesNatively(TestProxy proxy, String password) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            byte[] scramble = Scrambles.cachingSha2(password, client.readGreeting().salt());
            Packet request = client.tryLogin(LOGIN.withAuth("caching_sha2_password", scramble));
            return answerNatively(client, request, password);
        }
    }

    private static String answerNatively(RawClient client, Packet request, String password) throws IOException {
        assertThat(request.first()).isEqualTo(0xfe);
        PayloadReader in = request.body();
        assertThat(in.nulText()).isEqualTo("mysql_native_password");
        client.stream().write(request.sequence() + 1, Scrambles.nativePassword(password, in.bytes(20)));
        Packet end = client.stream().read();
        assertThat(end.sequence()).isEqualTo(request.sequence() + 2);
        return end.err().message();
    }

    @Test
    void whoComesWithANativeProofIsAskedNothing() throws Exception {
        try (TestProxy proxy = proxy(proof -> proof.verify(OTHER).compose(
                first -> proof.verify(NATIVE).map(second -> first + " " + second)));
                RawClient client = RawClient.connect(proxy.address())) {
            byte[] scramble = Scrambles.nativePassword("secret", client.readGreeting().salt());

            assertThat(client.tryLogin(LOGIN.withAuth("mysql_native_password", scramble)).err().message())
                    .isEqualTo("false true");
        }
    }

    @Test
    void severalNativeHashesNeedOneRound() throws Exception {
        try (TestProxy proxy = proxy(proof -> proof.verify(OTHER).compose(
                first -> proof.verify(NATIVE).map(second -> first + " " + second)))) {
            assertThat(provesNatively(proxy, "secret")).isEqualTo("false true");
        }
    }

    @Test
    void aCachingSha2HashIsCheckedByTheFullAuthentication() throws Exception {
        try (TestProxy proxy = proxy(proof -> proof.verify(SHA2).compose(
                first -> proof.verify(NATIVE).compose(second -> proof.verify(SHA2).map(
                        third -> first + " " + second + " " + third))))) {
            assertThat(tells(proxy, "secret")).isEqualTo("true true true");
            assertThat(tells(proxy, "wrong")).isEqualTo("false false false");
        }
    }

    private static String tells(TestProxy proxy, String password) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address()).pieces(1)) {
            byte[] scramble = Scrambles.cachingSha2(password, client.readGreeting().salt());
            Packet full = client.tryLogin(LOGIN.withAuth("caching_sha2_password", scramble));
            assertThat(full.payload()).containsExactly(1, 4);
            client.stream().write(3, Scrambles.clear(password));
            Packet end = client.stream().read();
            assertThat(end.sequence()).isEqualTo(4);
            return end.err().message();
        }
    }

    @Test
    void afterANativeProofThePasswordIsAskedForAnew() throws Exception {
        try (TestProxy proxy = proxy(proof -> proof.verify(OTHER).compose(_ -> proof.verify(SHA2)));
                RawClient client = RawClient.connect(proxy.address())) {
            byte[] scramble = Scrambles.nativePassword("secret", client.readGreeting().salt());
            Packet request = client.tryLogin(LOGIN.withAuth("mysql_native_password", scramble));

            assertThat(request.body().nulText()).isEqualTo("caching_sha2_password");
            client.stream().write(3, Scrambles.cachingSha2("secret", new byte[20]));
            client.stream().read();
            client.stream().write(5, Scrambles.clear("secret"));
            assertThat(client.stream().read().err().message()).isEqualTo("true");
        }
    }

    @Test
    void whoHasNoNativePluginTellsThePassword() throws Exception {
        try (TestProxy proxy = proxy(proof -> proof.verify(NATIVE));
                RawClient client = RawClient.connect(proxy.address())) {
            byte[] scramble = Scrambles.cachingSha2("secret", client.readGreeting().salt());
            Packet full = client.tryLogin(LOGIN.withAuth("caching_sha2_password", scramble)
                    .withAttributes(Map.of("_client_name", "libmysql", "_client_version", "9.1.0")));
            assertThat(full.payload()).containsExactly(1, 4);
            client.stream().write(3, Scrambles.clear("secret"));

            assertThat(client.stream().read().err().message()).isEqualTo("true");
        }
    }

    @Test
    void twoQuestionsAtATimeAreAnError() throws Exception {
        try (TestProxy proxy = proxy(proof -> {
            Future<Boolean> first = proof.verify(NATIVE);
            return proof.verify(NATIVE).otherwiseEmpty().compose(_ -> first);
        })) {
            assertThat(provesNatively(proxy, "secret")).isEqualTo("true");
        }
    }

    @Test
    void whoDoesNotAnswerIsSentAway() throws Exception {
        ListenOptions impatient = OPTIONS.toBuilder().loginTimeout(Duration.ofMillis(300)).build();
        try (TestProxy proxy = TestProxy.startLater(new Handlers(1, Set.of(), impatient),
                event -> ((ScriptEvent.HandshakeResponse) event).proof().verify(NATIVE)
                        .map(_ -> new Decision.Failed("not reached")));
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            assertThat(client.tryLogin(LOGIN.withAuth("caching_sha2_password", new byte[32])).first())
                    .isEqualTo(0xfe);

            Packet end = client.stream().read();
            assertThat(end.sequence()).isEqualTo(3);
            assertThat(end.err().message()).isEqualTo("Login timeout");
            client.expectEnd();
        }
    }

    /** A server that has the account with the password "secret". */
    private static FakeServer server() throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            byte[] salt = ServerConnection.randomSalt();
            c.greet();
            c.readLogin();
            c.authSwitch("mysql_native_password", Arrays.copyOf(salt, 21));
            if (ServerAuth.nativePassword(c.read().payload(), salt, "secret")) {
                c.ok();
                c.serve();
            } else {
                c.err(1045, "28000", "Access denied");
            }
        });
    }

    private static TestProxy connecting(Address server, Optional<StoredPassword> stored, Optional<String> password) {
        return TestProxy.startLater(new Handlers(1, Set.of(), OPTIONS), event -> {
            ScriptEvent.HandshakeResponse login = (ScriptEvent.HandshakeResponse) event;
            Credentials credentials = new Credentials(login.user(),
                    password.map(text -> Secret.wrap(text.getBytes(StandardCharsets.UTF_8)))
                            .orElseGet(Secret::empty),
                    Optional.empty(), ByteString.EMPTY, password.isPresent());
            return stored.map(login.proof()::verify).orElseGet(() -> Future.succeededFuture(true))
                    .map(_ -> new Decision.Connect(Upstream.of(server), credentials, ConnectOptions.DEFAULT));
        });
    }

    @Test
    void whatIsProvedLogsInToTheServer() throws Exception {
        for (StoredPassword stored : List.of(NATIVE, SHA2)) {
            try (FakeServer server = server();
                    TestProxy proxy = connecting(server.address(), Optional.of(stored), Optional.empty());
                    RawClient client = RawClient.connect(proxy.address())) {
                byte[] scramble = Scrambles.cachingSha2("secret", client.readGreeting().salt());
                Packet request = client.tryLogin(LOGIN.withAuth("caching_sha2_password", scramble));
                if (stored == NATIVE) {
                    PayloadReader in = request.body();
                    in.nulText();
                    client.stream().write(3, Scrambles.nativePassword("secret", in.bytes(20)));
                } else {
                    client.stream().write(3, Scrambles.clear("secret"));
                }

                Packet ok = client.stream().read();
                assertThat(ok.isOk()).as("%s", ok).isTrue();
                assertThat(ok.sequence()).isEqualTo(4);
                client.ping();
            }
        }
    }

    @Test
    void whoProvesItselfInsideTlsLearnsThatTheCertificateIsOurs() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = connecting(server.address(), Optional.of(NATIVE), Optional.empty());
                RawClient client = RawClient.connect(proxy.address())) {
            byte[] salt = client.readGreeting().salt();
            SSLEngine engine = TestEngines.client();
            client.encrypt(LOGIN, engine);

            Packet ok = client.tryEncryptedLogin(
                    LOGIN.withAuth("mysql_native_password", Scrambles.nativePassword("secret", salt)));

            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] certificate = sha256.digest(engine.getSession().getPeerCertificates()[0].getEncoded());
            sha256.update(HexFormat.of().parseHex("14E65567ABDB5135D0CFD9A70B3032C179A49EE7"));
            sha256.update(salt);
            String seal = HexFormat.of().withUpperCase().formatHex(sha256.digest(certificate));
            assertThat(ok.isOk()).isTrue();
            assertThat(ok.sequence()).isEqualTo(3);
            assertThat(new String(ok.payload(), StandardCharsets.ISO_8859_1)).endsWith("\u0001" + seal);
            client.ping();
        }
    }

    /** As MySQL's library does if the greeting names another plugin than its own. */
    @Test
    void whoSaysNothingIsAskedByItsPluginBeforeTheOk() throws Exception {
        for (Optional<StoredPassword> stored : List.of(Optional.<StoredPassword>empty(), Optional.of(SHA2))) {
            try (FakeServer server = server();
                    TestProxy proxy = connecting(server.address(), stored, Optional.of("secret"));
                    RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
                Packet request = client.tryLogin(LOGIN.withAuth("caching_sha2_password", new byte[0]));

                assertThat(request.body().nulText()).isEqualTo("caching_sha2_password");
                client.stream().write(3, Scrambles.cachingSha2("secret", new byte[20]));
                assertThat(client.stream().read().payload()).containsExactly(1, 4);
                client.stream().write(5, Scrambles.clear("secret"));
                assertThat(client.stream().read().isOk()).isTrue();
                client.ping();
            }
        }
    }

    @Test
    void whoIsAskedNothingHearsThatTheAnswerWasEnough() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = connecting(server.address(), Optional.empty(), Optional.of("secret"));
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            Packet enough = client.tryLogin(LOGIN.withAuth("caching_sha2_password", new byte[32]));

            assertThat(enough.payload()).containsExactly(1, 3);
            Packet ok = client.stream().read();
            assertThat(ok.isOk()).isTrue();
            assertThat(ok.sequence()).isEqualTo(3);
            client.ping();
        }
    }

    @Test
    void whoHasProvedNothingHasNoPasswordForTheServer() throws Exception {
        for (Optional<StoredPassword> stored : List.of(Optional.<StoredPassword>empty(),
                Optional.of(OTHER))) {
            try (FakeServer server = server();
                    TestProxy proxy = connecting(server.address(), stored, Optional.empty());
                    RawClient client = RawClient.connect(proxy.address())) {
                byte[] scramble = Scrambles.nativePassword("secret", client.readGreeting().salt());

                Packet end = client.tryLogin(LOGIN.withAuth("mysql_native_password", scramble));
                assertThat(end.err().message()).isEqualTo(ScriptFailure.CLIENT_TEXT);
            }
        }
    }

    @Test
    void aProofIsOverWithItsLogin() throws Exception {
        AtomicReference<PasswordProof> kept = new AtomicReference<>(
                PasswordProof.NONE);
        try (TestProxy proxy = proxy(proof -> {
            kept.set(proof);
            return Future.succeededFuture("enough");
        }); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            assertThat(client.tryLogin(LOGIN.withAuth("caching_sha2_password", new byte[32])).err().message())
                    .isEqualTo("enough");
            client.expectEnd();

            Future<Boolean> late = Objects.requireNonNull(kept.get()).verify(NATIVE);
            Awaitility.await().until(late::isComplete);
            assertThat(late.cause()).hasMessage("the login is over");
        }
    }
}
