package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The raw client and a real MySQL understand each other, without the proxy. */
class RealMySqlIT {

    private static RealMySql server;

    @BeforeAll
    static void start() throws IOException {
        server = RealMySql.shared();
    }

    @Test
    void isMySql() throws IOException {
        assertThat(server.value("SELECT VERSION()")).startsWith(server.version()).doesNotContain("MariaDB");
    }

    @Test
    void rootComesFromAnywhere() throws IOException {
        try (RawClient client = RawClient.connect(server.tcp())) {
            client.login(Login.clear("root", "").without(Flags.DEPRECATE_EOF).withAuth("caching_sha2_password",
                    new byte[0]));
            assertThat(client.query("SELECT 1, NULL UNION SELECT 2, ''").textRows())
                    .isEqualTo(List.of(List.of("1", "NULL"), List.of("2", "")));
        }
    }

    @Test
    void newAccountsUseCachingSha2() throws IOException {
        server.createAccount("direct", "se cret", "direct");
        try (RawClient client = RawClient.connect(server.socket())) {
            Packet answer = client.tryLogin(Login.clear("direct", "").withAuth("caching_sha2_password",
                    Scrambles.cachingSha2("se cret", client.greeting().salt())));
            assertThat(answer.payload()).containsExactly(1, 4);
            client.stream().write(answer.sequence() + 1, Scrambles.clear("se cret"));
            assertThat(client.stream().read().isOk()).isTrue();
        }
    }
}
