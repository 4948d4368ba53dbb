package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that a policy looks at, packet by packet, with a real server, which checks sequence ids. */
@ParameterizedClass
@ValueSource(strings = {"luajit", "luaj"})
class QueryPacketsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy;

    @TempDir
    private Path directory;

    QueryPacketsIT(String engine) {
        proxy = SharedProxy.of(engine);
    }

    private RawClient client(String listener) throws IOException {
        return proxy.connect(listener).login(Login.clear(account("root", DB.socket()), "").with(Flags.LOCAL_FILES)
                .withDatabase("mysql"));
    }

    @Test
    void statementsSentAheadKeepTheirOrder() throws IOException {
        try (RawClient client = client("query")) {
            for (int i = 0; i < 50; i++) {
                client.send(Command.QUERY.payload("SELECT " + i));
                client.send(Command.QUERY.payload(i % 10 == 0 ? "SELECT 'slow'" : "SELECT 'forbidden " + i + "'"));
                client.send(Command.PING.payload());
                client.send(Command.STMT_PREPARE.payload("SELECT 'teapot'"));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(client.reply(Command.QUERY).value()).isEqualTo(Integer.toString(i));
                if (i % 10 == 0) {
                    assertThat(client.reply(Command.QUERY).value()).isEqualTo("slow");
                } else {
                    assertThat(client.reply(Command.QUERY).err().message()).contains("forbidden " + i);
                }
                assertThat(client.reply(Command.PING).last().isOk()).isTrue();
                assertThat(client.reply(Command.STMT_PREPARE).err().code()).isEqualTo(4711);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 16777190", "100, 16777215", "100, 40000000", "16777215, 10", "16777216, 20000000",
            "40000000, 10"})
    void theServerSeesAnotherNumberOfPackets(int bytes, int newBytes) throws IOException {
        try (RawClient client = client("query-large")) {
            String sql = "SELECT LENGTH('<" + newBytes + " bytes>'), seq FROM mysql.proc RIGHT JOIN seq_1_to_3 ON 1=0";
            byte[] query = Command.QUERY.payload(sql + " ".repeat(Math.max(0, bytes - 1 - sql.length())));
            client.send(query);
            client.send(Command.PING.payload());
            assertThat(client.reply(Command.QUERY, 1 + query.length / Packet.MAX, true).textRows()).hasSize(3)
                    .allSatisfy(row -> assertThat(row.getFirst()).isEqualTo(Integer.toString(newBytes)));
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
            client.ping();
        }
    }

    @Test
    void aFileGoesWithAStatementThatGrew() throws IOException {
        try (RawClient client = client("query")) {
            client.query("CREATE TEMPORARY TABLE up (v TEXT)").good();
            client.send(Command.QUERY.payload("LOAD DATA LOCAL INFILE 'f' INTO TABLE up /* <17000000 bytes> */"));
            Packet request = client.stream().read();
            assertThat(request.first()).isEqualTo(0xfb);
            assertThat(request.sequence()).isEqualTo(1);
            client.stream().write(2, "one\ntwo\n".getBytes(StandardCharsets.UTF_8));
            client.stream().write(3, "three\nforbidden\n".getBytes(StandardCharsets.UTF_8));
            client.stream().write(4);
            Packet ok = client.stream().read();
            assertThat(ok.isOk()).isTrue();
            assertThat(ok.sequence()).isEqualTo(5);
            assertThat(client.query("SELECT COUNT(*) FROM up").value()).isEqualTo("4");
        }
    }

    @Test
    void whatIsTooLongIsRefused() throws IOException {
        try (RawClient client = client("query")) {
            for (int bytes : new int[]{100_001, 1 << 20, 1 << 25}) {
                byte[] query = Command.QUERY.payload("x".repeat(bytes));
                client.send(query);
                assertThat(client.reply(Command.QUERY, 1 + query.length / Packet.MAX, true).err().code())
                        .isEqualTo(1153);
                assertThat(client.query("SELECT '" + "y".repeat(99_990) + "'").value()).hasSize(99_990);
            }
        }
    }

    @Test
    void aDaemonThatStopsHearsHowItsSessionsEnded() throws Exception {
        String configuration = """
                               mysql_listen('DIRECTORY/s', {
                                   on_handshake_response = function(client, login)
                                       return client:connect('SERVER', {user = 'root'})
                                   end,
                                   on_disconnect = function(client, cause)
                                       sleep(0.2)
                                       print('accounted ' .. cause)
                                   end,
                               })
                               """.replace("DIRECTORY", directory.toString()).replace("SERVER",
                DB.socket().toString());
        try (ProxyProcess own = ProxyProcess.start(directory, configuration);
                RawClient client = RawClient.connect(dev.myproxy.peers.Endpoints.unix(directory.resolve("s")))) {
            client.login(Login.clear("any", ""));

            assertThat(own.stop()).isZero();

            own.awaitLine("accounted shutdown"::equals);
        }
    }
}
