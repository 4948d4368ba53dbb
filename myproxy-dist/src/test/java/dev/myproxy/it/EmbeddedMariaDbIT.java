package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The raw client and a real server understand each other, without the proxy. */
class EmbeddedMariaDbIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    @BeforeAll
    static void createAccount() throws IOException {
        DB.createAccount("direct", "se cret", "direct");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logsInAndReadsResults(boolean unix) throws IOException {
        Address address = unix ? DB.socket() : DB.tcp();
        try (RawClient client = RawClient.connect(address)) {
            client.loginNative(Login.clear("direct", "").withDatabase("direct"), "se cret");
            Reply reply = client.query("SELECT 1, NULL, 'x' UNION SELECT 2, '', 'y'; SELECT 3; SELECT DATABASE()");
            assertThat(reply.rows()).isEqualTo(4);
            assertThat(reply.statuses()).hasSize(3);
            assertThat(client.query("SELECT 1, NULL UNION SELECT 2, ''").textRows())
                    .isEqualTo(List.of(List.of("1", "NULL"), List.of("2", "")));
            client.ping();
        }
    }

    @Test
    void readsClassicResults() throws IOException {
        try (RawClient client = RawClient.connect(DB.tcp())) {
            client.loginNative(Login.clear("direct", "").withDatabase("direct").without(Flags.DEPRECATE_EOF),
                    "se cret");
            Reply reply = client.query("SELECT seq FROM seq_1_to_1000").good();
            assertThat(reply.rows()).isEqualTo(1000);
            assertThat(reply.packetCount()).isEqualTo(1004);
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        try (RawClient client = RawClient.connect(DB.tcp())) {
            Packet answer = client.tryLogin(Login.clear("direct", "").withAuth("mysql_native_password",
                    Scrambles.nativePassword("wrong", client.greeting().salt())));
            assertThat(answer.err().code()).isEqualTo(1045);
            assertThat(answer.err().sqlState()).isEqualTo("28000");
            client.expectEnd();
        }
    }

    @Test
    void survivesBeingKilled() throws IOException, InterruptedException {
        try (EmbeddedMariaDb own = EmbeddedMariaDb.start()) {
            RawClient client = own.root();
            own.kill();
            assertThatThrownBy(client::ping).isInstanceOf(IOException.class);
            client.close();
            own.restart();
            assertThat(own.value("SELECT 42")).isEqualTo("42");
        }
    }
}
