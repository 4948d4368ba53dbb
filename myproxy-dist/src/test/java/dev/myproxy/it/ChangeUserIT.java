package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COM_CHANGE_USER asks the script again, and what it decides is what the session becomes. */
class ChangeUserIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    @BeforeAll
    static void createAccounts() throws IOException {
        DB.createAccount("first", "secret 1", "other");
        DB.createAccount("second", "secret 2", "other");
    }

    private RawClient first() throws IOException {
        return proxy.connect().login(Login.clear(account("first", DB.socket()), "secret 1").withDatabase("other"));
    }

    private static byte[] changeUser(String user, byte[] auth, String database, String plugin) {
        return new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(user).u8(auth.length).bytes(auth)
                .nulText(database).u16(45).nulText(plugin).lenenc(0).toByteArray();
    }

    private static byte[] clear(String name, Address server, String password) {
        return changeUser(account(name, server), Scrambles.clear(password), "other", "mysql_clear_password");
    }

    @Test
    void becomesAnotherUserWithACleanSession() throws IOException {
        try (RawClient client = first()) {
            client.query("SET @left = 'behind'").good();
            client.query("CREATE TEMPORARY TABLE gone (a INT)").good();
            client.send(clear("second", DB.socket(), "secret 2"));
            Packet ok = client.stream().read();
            assertThat(ok.isOk()).isTrue();
            assertThat(ok.sequence()).isEqualTo(1);
            assertThat(client.query("SELECT CONCAT_WS(' ', CURRENT_USER(), DATABASE(), @left)").value())
                    .isEqualTo("second@% other");
            assertThat(client.query("SELECT * FROM gone").err().code()).isEqualTo(1146);
        }
    }

    @Test
    void theSamePasswordIsCheckedAgain() throws IOException {
        try (RawClient client = first()) {
            client.send(clear("first", DB.socket(), "wrong"));
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(packet.err().code()).isEqualTo(1045);
            client.expectEnd();
        }
    }

    @Test
    void theDatabaseIsThatOfTheRequest() throws IOException {
        try (RawClient client = first()) {
            client.query("USE information_schema").good();
            client.send(clear("first", DB.socket(), "secret 1"));
            assertThat(client.stream().read().isOk()).isTrue();
            assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("other");
        }
    }

    @Test
    void aScrambleIsAnsweredWithARequestForTheClearPassword() throws IOException {
        try (RawClient client = first()) {
            client.send(changeUser(account("second", DB.socket()), new byte[20], "other", "mysql_native_password"));
            Packet request = client.stream().read();
            assertThat(request.sequence()).isEqualTo(1);
            assertThat(request.first()).isEqualTo(0xfe);
            assertThat(request.body().nulText()).isEqualTo("mysql_clear_password");
            client.stream().write(2, Scrambles.clear("secret 2"));
            Packet ok = client.stream().read();
            assertThat(ok.sequence()).isEqualTo(3);
            assertThat(ok.isOk()).isTrue();
            assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo("second@%");
        }
    }

    @Test
    void leadsToAnotherServerInTheMiddleOfAPipeline() throws IOException {
        try (FakeServer other = FakeServer.start(Endpoints.unix(directory.resolve("s")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        }); RawClient client = first()) {
            client.stream().raw(new PayloadWriter().bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT 1")))
                    .bytes(PacketStream.frame(0, clear("x", other.address(), "")))
                    .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT other")))
                    .bytes(PacketStream.frame(0, Command.PING.payload())).toByteArray());
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("1");
            assertThat(client.reply(Command.CHANGE_USER).last().isOk()).isTrue();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("other");
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    @Test
    void aTruncatedRequestEndsTheSession() throws IOException {
        try (RawClient client = first()) {
            client.send(Command.CHANGE_USER.payload("no end"));
            client.stream().readEnd().ifPresent(packet -> assertThat(packet.err().sqlState()).hasSize(5));
        }
    }
}
