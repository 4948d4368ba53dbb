package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * COM_INIT_DB and COM_RESET_CONNECTION do what they do without a proxy, and {@code client.database} is what the server says.
 */
@ParameterizedClass
@MethodSource("servers")
class DefaultDatabaseIT {

    private static final int STEPS = 100;
    private static final List<String> NAMES = List.of("data_a", "data_b", "information_schema", "data_c");

    private final SharedProxy proxy;
    private final TestedServer db;

    /** A part of a client's life, and the responses that it got. */
    @FunctionalInterface
    interface Dialogue {
        List<Packet> play(RawClient client) throws IOException;
    }

    DefaultDatabaseIT(Supplier<TestedServer> server, String engine) {
        db = server.get();
        proxy = SharedProxy.of(engine);
    }

    static List<Arguments> servers() {
        Supplier<TestedServer> mariaDb = EmbeddedMariaDb::shared;
        Supplier<TestedServer> mySql = RealMySql::shared;
        return List.of(Arguments.of(Named.of("MariaDB", mariaDb), "luajit"),
                Arguments.of(Named.of("MySQL", mySql), "luaj"));
    }

    @BeforeEach
    void createDatabases() throws IOException {
        db.execute("CREATE DATABASE IF NOT EXISTS data_a", "CREATE DATABASE IF NOT EXISTS data_b",
                "CREATE DATABASE IF NOT EXISTS data_c");
    }

    private RawClient direct(long flags) throws IOException {
        RawClient client = RawClient.connect(db.socket());
        return client.login(Login.clear("root", "").withFlags(flags).withDatabase("data_a")
                .withAuth(client.greeting().plugin(), new byte[0]));
    }

    private RawClient proxied(String listener, long flags) throws IOException {
        return proxy.connect(listener)
                .login(Login.clear(account("root", db.socket()), "").withFlags(flags).withDatabase("data_a"));
    }

    private void assertSameAsDirect(long flags, Dialogue dialogue) throws IOException {
        List<Packet> direct;
        try (RawClient client = direct(flags)) {
            direct = dialogue.play(client);
        }
        for (String listener : List.of("main", "database", "database-alias")) {
            try (RawClient client = proxied(listener, flags)) {
                assertThat(dialogue.play(client)).as("at %s", listener).isEqualTo(direct);
            }
        }
    }

    private static List<Packet> packets(Reply... replies) {
        List<Packet> all = new ArrayList<>();
        for (Reply reply : replies) {
            all.addAll(reply.packets());
        }
        return all;
    }

    private static Reply initDb(RawClient client, String name) throws IOException {
        return client.run(Command.INIT_DB, name.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {Flags.CLASSIC, Flags.MODERN, Flags.MODERN | Flags.SESSION_TRACK})
    void nameOfTheLoginCanBeGoneBackToAfterAUseInText(long flags) throws IOException {
        assertSameAsDirect(flags, client -> {
            client.query("USE data_b").good();
            Reply back = initDb(client, "data_a").good();
            Reply where = client.query("SELECT DATABASE()");
            assertThat(where.value()).isEqualTo("data_a");
            return packets(back, where);
        });
    }

    @Test
    void nameThatIsRefusedTwiceIsRefusedTwice() throws IOException {
        assertSameAsDirect(Flags.MODERN, client -> {
            Reply first = initDb(client, "nowhere");
            Reply second = initDb(client, "nowhere");
            assertThat(second.err()).isEqualTo(first.err());
            assertThat(second.err().code()).isEqualTo(1049);
            Reply where = client.query("SELECT DATABASE()");
            assertThat(where.value()).isEqualTo("data_a");
            return packets(first, second, where);
        });
    }

    @Test
    void statusOfTheAnswerIsTheSessions() throws IOException {
        assertSameAsDirect(Flags.MODERN, client -> {
            Reply before = initDb(client, "data_a");
            client.query("SET autocommit = 0").good();
            client.query("SET sql_mode = 'NO_BACKSLASH_ESCAPES'").good();
            client.query("START TRANSACTION").good();
            Reply within = initDb(client, "data_a");
            PayloadReader ok = within.good().last().body();
            ok.bytes(2);
            assertThat(ok.u16()).as("in a transaction, without backslash escapes").isEqualTo(0x201);
            return packets(before, within);
        });
    }

    @Test
    void namesThatAreNoneAreTheServersToRefuse() throws IOException {
        assertSameAsDirect(Flags.MODERN, client -> {
            List<Packet> all = new ArrayList<>();
            for (String name : List.of("", " ", "x".repeat(65), "x".repeat(1000), "`data_a`", "data_b")) {
                all.addAll(initDb(client, name).packets());
            }
            all.addAll(client.query("SELECT DATABASE()").packets());
            return all;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void whatCanBeNoNameIsTheServersToRefuse(int more) throws IOException {
        String name = "data_a\0" + "x".repeat(more);
        List<Packet> direct;
        try (RawClient client = direct(Flags.MODERN)) {
            direct = packets(initDb(client, name), client.query("SELECT DATABASE()"));
        }
        try (RawClient client = proxied("main", Flags.MODERN)) {
            assertThat(packets(initDb(client, name), client.query("SELECT DATABASE()"))).isEqualTo(direct);
        }
    }

    @Test
    void manyInOnePieceAreAnsweredInTheirOrder() throws IOException {
        assertSameAsDirect(Flags.MODERN, client -> {
            PayloadWriter all = new PayloadWriter();
            for (int i = 0; i < 20; i++) {
                all.bytes(PacketStream.frame(0, Command.INIT_DB.payload(NAMES.get(i % 3))))
                        .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT DATABASE()")))
                        .bytes(PacketStream.frame(0, Command.INIT_DB.payload("nowhere")))
                        .bytes(PacketStream.frame(0, Command.RESET_CONNECTION.payload()));
            }
            client.stream().raw(all.toByteArray());
            List<Packet> replies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                replies.addAll(packets(client.reply(Command.INIT_DB), client.reply(Command.QUERY),
                        client.reply(Command.INIT_DB), client.reply(Command.RESET_CONNECTION)));
            }
            return replies;
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Flags.CLASSIC, Flags.MODERN, Flags.MODERN | Flags.SESSION_TRACK})
    void resetKeepsTheUserAndTheDatabaseAndForgetsTheRest(long flags) throws IOException {
        assertSameAsDirect(flags, client -> {
            client.query("USE data_b").good();
            client.query("SET @left = 'behind', autocommit = 0").good();
            client.query("CREATE TEMPORARY TABLE gone (a INT)").good();
            long statement = client.run(Command.STMT_PREPARE, "SELECT 1".getBytes(StandardCharsets.UTF_8))
                    .statementId();
            Reply reset = client.run(Command.RESET_CONNECTION).good();
            Reply where = client.query("SELECT CONCAT_WS(' ', CURRENT_USER(), DATABASE(), @left, @@autocommit + 0)");
            assertThat(where.value()).matches("root@\\S+ data_b 1");
            Reply table = client.query("SELECT * FROM gone");
            assertThat(table.err().code()).isEqualTo(1146);
            assertThat(client.run(Command.STMT_EXECUTE,
                    new PayloadWriter().u32(statement).u8(0).u32(1).toByteArray()).err().code()).isEqualTo(1243);
            return packets(reset, where, table);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Flags.CLASSIC | Flags.SESSION_TRACK, Flags.MODERN | Flags.SESSION_TRACK, Flags.MODERN})
    void attributeIsWhatTheServerSays(long flags) throws IOException {
        Random random = new Random(flags);
        List<String> done = new ArrayList<>();
        try (RawClient client = proxied("database-alias", flags)) {
            assertAttribute(client, done);
            for (int i = 0; i < STEPS; i++) {
                done.add(step(client, random, (flags & Flags.SESSION_TRACK) != 0));
                assertAttribute(client, done);
            }
        }
    }

    private static void assertAttribute(RawClient client, List<String> done) throws IOException {
        List<String> row = client.query("ATTRIBUTE").textRows().getFirst();
        assertThat(row.getFirst()).as("client.database after %s", done).isEqualTo(row.getLast());
    }

    /** Does something, and says what. */
    private String step(RawClient client, Random random, boolean tracked) throws IOException {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(tracked ? 9 : 5)) {
            case 0 -> {
                initDb(client, name).good();
                yield "COM_INIT_DB " + name;
            }
            case 1 -> {
                initDb(client, "alias_" + name).good();
                yield "COM_INIT_DB alias_" + name;
            }
            case 2 -> {
                assertThat(initDb(client, "nowhere").failed()).isTrue();
                yield "COM_INIT_DB nowhere";
            }
            case 3 -> {
                client.run(Command.RESET_CONNECTION).good();
                yield "COM_RESET_CONNECTION";
            }
            case 4 -> changeUser(client, random.nextBoolean() ? db.socket() : db.tcp(),
                    random.nextInt(4) == 0 ? "" : name);
            case 5 -> {
                client.query("USE " + name).good();
                yield "USE " + name;
            }
            case 6 -> {
                String sql = "SELECT 1; USE data_a; SELECT 2; USE " + name;
                client.query(sql).good();
                yield sql;
            }
            case 7 -> {
                assertThat(client.query("USE " + name + "; USE nowhere").failed()).isTrue();
                yield "USE " + name + "; USE nowhere";
            }
            default -> {
                client.query("CREATE DATABASE data_gone; USE data_gone; DROP DATABASE data_gone").good();
                yield "DROP DATABASE data_gone";
            }
        };
    }

    private static String changeUser(RawClient client, Address server, String name) throws IOException {
        byte[] answer = Scrambles.clear("");
        client.send(new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(account("root", server))
                .u8(answer.length).bytes(answer).nulText(name).u16(45).nulText("mysql_clear_password").lenenc(0)
                .toByteArray());
        assertThat(client.stream().read().isOk()).isTrue();
        return "COM_CHANGE_USER " + name;
    }
}
