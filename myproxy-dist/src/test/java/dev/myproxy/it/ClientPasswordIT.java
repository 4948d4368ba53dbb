package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ways in which clients send their passwords to the daemon. */
class ClientPasswordIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    @BeforeAll
    static void createAccount() throws IOException {
        DB.createAccount("joe", "se cret", "shop");
    }

    @Test
    void aPasswordWithoutItsNulIsTakenFromClientsThatSpeakClearPassword() throws IOException {
        byte[] bare = "se cret".getBytes(StandardCharsets.UTF_8);
        try (RawClient client = proxy.connect()) {
            client.login(Login.clear(account("joe", DB.socket()), "").withAuth("mysql_clear_password", bare));
            client.ping();
        }
    }

    @Test
    void aClientOfAnotherPluginIsAskedToSwitch() throws IOException {
        try (RawClient client = proxy.connect()) {
            byte[] scramble = Scrambles.nativePassword("se cret", client.greeting().salt());
            Packet request = client.tryLogin(
                    Login.clear(account("joe", DB.socket()), "").withAuth("mysql_native_password", scramble));
            assertThat(request.sequence()).isEqualTo(2);
            expectFullAuthentication(client, request);
        }
    }

    @Test
    void aClientThatNamesNoPluginAndSendsNothingIsAskedToSwitch() throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet request = client.tryLogin(Login.clear(account("joe", DB.socket()), "").withAuth("", new byte[0]));
            expectFullAuthentication(client, request);
        }
    }

    private static void expectFullAuthentication(RawClient client, Packet request) throws IOException {
        assertThat(request.first()).isEqualTo(0xfe);
        PayloadReader in = request.body();
        assertThat(in.nulText()).isEqualTo("caching_sha2_password");
        client.stream().write(3, Scrambles.cachingSha2("se cret", in.bytes(20)));
        assertThat(client.stream().read().payload()).containsExactly(1, 4);
        client.stream().write(5, Scrambles.clear("se cret"));
        Packet ok = client.stream().read();
        assertThat(ok.sequence()).isEqualTo(6);
        assertThat(ok.isOk()).isTrue();
        client.ping();
    }

    @Test
    void aClientThatCouldNotLoadTheGreetingsPluginIsAskedForItAgain() throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet request = client.tryLogin(
                    Login.clear(account("joe", DB.socket()), "").withAuth("dummy_fallback_auth", new byte[0]));
            assertThat(request.first()).isEqualTo(0xfe);
            assertThat(request.body().nulText()).isEqualTo("caching_sha2_password");
            client.stream().write(3, new byte[32]);
            assertThat(client.stream().read().first()).isEqualTo(1);
            client.stream().write(5, Scrambles.clear("se cret"));
            assertThat(client.stream().read().isOk()).isTrue();
            client.ping();
        }
    }
}
