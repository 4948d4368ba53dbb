package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
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
    void aClientOfAnotherPluginIsAskedForItsClearPassword() throws IOException {
        try (RawClient client = proxy.connect()) {
            byte[] scramble = Scrambles.nativePassword("se cret", client.greeting().salt());
            Packet request = client.tryLogin(
                    Login.clear(account("joe", DB.socket()), "").withAuth("mysql_native_password", scramble));
            assertThat(request.sequence()).isEqualTo(2);
            assertThat(request.first()).isEqualTo(0xfe);
            assertThat(request.body().nulText()).isEqualTo("mysql_clear_password");
            client.stream().write(3, Scrambles.clear("se cret"));
            Packet ok = client.stream().read();
            assertThat(ok.sequence()).isEqualTo(4);
            assertThat(ok.isOk()).isTrue();
            client.ping();
        }
    }

    @Test
    void aClientThatNamesNoPluginAndSendsNothingIsAskedForItsPassword() throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet request = client.tryLogin(Login.clear(account("joe", DB.socket()), "").withAuth("", new byte[0]));
            assertThat(request.first()).isEqualTo(0xfe);
            client.stream().write(3, Scrambles.clear("se cret"));
            assertThat(client.stream().read().isOk()).isTrue();
            client.ping();
        }
    }
}
