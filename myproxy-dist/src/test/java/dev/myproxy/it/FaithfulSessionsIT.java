package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client may rely on about its session: database, user, id, beginning and end. */
class FaithfulSessionsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    @BeforeAll
    static void createAccounts() throws IOException {
        DB.createAccount("faithful", "secret", "faithful");
    }

    private RawClient client(String listener) throws IOException {
        return proxy.connect(listener)
                .login(Login.clear(account("root", DB.socket()), "").withDatabase("faithful"));
    }

    @Test
    void theDatabaseIsTheOneThatTheServerConfirmed() throws IOException {
        for (String listener : new String[]{"main", "init-db"}) {
            try (RawClient client = client(listener)) {
                assertThat(switchTo(client, "mysql").failed()).isFalse();
                PayloadReader ok = switchTo(client, "faithful").good().last().body();
                ok.lenenc();
                ok.lenenc();
                assertThat(ok.u16()).as("status").isEqualTo(Flags.AUTOCOMMIT);
                assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("faithful");
                client.query("USE mysql").good();
                switchTo(client, "faithful").good();
                assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("faithful");
                for (int i = 0; i < 2; i++) {
                    assertThat(switchTo(client, "none").err().code()).isEqualTo(1049);
                }
                assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("faithful");
            }
        }
    }

    private static Reply switchTo(RawClient client, String database) throws IOException {
        client.send(Command.INIT_DB.payload(database));
        return client.reply(Command.INIT_DB);
    }

    @Test
    void aCommandBehindADatabaseThatTheScriptChoseIsCarriedOut() throws IOException {
        try (RawClient client = client("init-db")) {
            for (int i = 0; i < 10; i++) {
                client.send(Command.INIT_DB.payload("alias_mysql"));
                client.send(Command.QUERY.payload("SELECT DATABASE()"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(client.reply(Command.INIT_DB).last().isOk()).isTrue();
                assertThat(client.reply(Command.QUERY).value()).isEqualTo("mysql");
            }
        }
    }

    @Test
    void anAnswerToARequestForThePasswordIsNoCommand() throws IOException {
        try (RawClient client = client("init-db")) {
            client.send(new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(account("faithful", DB.socket()))
                    .u8(20).zeros(20).nulText("faithful").u16(45).nulText("mysql_native_password").lenenc(0)
                    .toByteArray());
            assertThat(client.stream().read().first()).isEqualTo(0xfe);
            // As a command it would be a COM_INIT_DB that is refused; it is a wrong password.
            client.stream().write(2, Command.INIT_DB.payload("denied\0"));
            assertThat(client.stream().read().payload()).as("a request for full authentication").containsExactly(1, 4);
            client.stream().write(4, Command.INIT_DB.payload("denied\0"));
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(5);
            assertThat(packet.err().code()).isEqualTo(1045);
            client.expectEnd();
        }
    }

    @Test
    void aChangeOfTheUserChecksThePasswordOfTheSameUserToo() throws IOException {
        Login login = Login.clear(account("faithful", DB.socket()), "secret").withDatabase("faithful");
        try (RawClient client = proxy.connect().login(login)) {
            byte[] wrong = Scrambles.clear("wrong");
            client.send(new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(login.user()).u8(wrong.length)
                    .bytes(wrong).nulText("faithful").u16(45).nulText("mysql_clear_password").lenenc(0).toByteArray());
            assertThat(client.stream().read().err().code()).isEqualTo(1045);
            client.expectEnd();
        }
    }

    @Test
    void theIdInTheGreetingIsTheSessionsOwnAndKillTakesIt() throws IOException {
        Set<Long> ids = new HashSet<>();
        try (RawClient busy = client("main"); RawClient killer = client("main")) {
            ids.add(busy.greeting().connectionId());
            ids.add(killer.greeting().connectionId());
            assertThat(ids).hasSize(2);
            busy.send(Command.QUERY.payload("SELECT SLEEP(100) /* faithful */"));
            Awaitility.await().until(() -> DB.value("SELECT COUNT(*) FROM information_schema.processlist "
                    + "WHERE state = 'User sleep' AND info LIKE '%faithful */'").equals("1"));
            killer.query("KILL QUERY " + busy.greeting().connectionId()).good();
            assertThat(busy.reply(Command.QUERY).err().code()).isEqualTo(1317);
            busy.ping();
        }
    }

    @Test
    void goodByeIsNotAnswered() throws IOException {
        for (String listener : new String[]{"main", "query", "init-db"}) {
            try (RawClient client = client(listener)) {
                client.send(Command.QUIT.payload());
                client.expectEnd();
            }
        }
    }

    @Test
    void anErrorInsteadOfTheGreetingIsAlwaysTheSame() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = proxy.connect("connect-refuse")) {
                Packet packet = client.stream().read();
                assertThat(packet.sequence()).isZero();
                assertThat(packet.payload()).isEqualTo(new PayloadWriter().u8(0xff).u16(1043).text("Not today")
                        .toByteArray());
                client.expectEnd();
            }
        }
    }

    @Test
    void theServerIsAskedForNothingThatItLacks() throws IOException {
        long lacking = Flags.SESSION_TRACK | Flags.CONNECT_ATTRS | Flags.INTERACTIVE;
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(dev.myproxy.peers.Greeting.mysql(ServerConnection.randomSalt()).without(lacking));
            c.acceptAll();
            c.serve();
        }); RawClient client = proxy.connect("old")) {
            Packet answer = client.tryLogin(Login.clear(account("joe", server.address()), "")
                    .with(Flags.CONNECT_ATTRS | Flags.INTERACTIVE).without(Flags.SESSION_TRACK));
            assertThat(answer.isOk()).as("%s", answer).isTrue();
            assertThat(server.connection().login().orElseThrow().flags() & lacking).isZero();
            client.ping();
        }
    }
}
