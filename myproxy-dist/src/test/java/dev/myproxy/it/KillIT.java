package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** KILL with the ids of greetings: directly and through the daemon the same happens, packet by packet. */
@ParameterizedClass
@MethodSource("servers")
class KillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SLEEP = "SELECT /* %s */ SLEEP(300)";

    /** How a client comes to the server. */
    @FunctionalInterface
    interface Way {
        RawClient connect() throws IOException;
    }

    /** Two clients with the same account, and what the server sent them. */
    @FunctionalInterface
    interface Scene {
        List<List<Packet>> play(RawClient killer, RawClient target) throws IOException;
    }

    private final SharedProxy proxy = SharedProxy.standard();
    private final TestedServer db;
    private final String listener;

    KillIT(Supplier<TestedServer> server) {
        db = server.get();
        listener = db instanceof EmbeddedMariaDb ? "mariadb" : "mysql";
    }

    static List<Named<Supplier<TestedServer>>> servers() {
        return List.of(Named.of("MariaDB", EmbeddedMariaDb::shared), Named.of("MySQL", RealMySql::shared));
    }

    private RawClient through() throws IOException {
        return through(listener, db.socket());
    }

    private RawClient through(String where, Address server) throws IOException {
        return proxy.loggedIn(where, server).limit(PATIENCE);
    }

    private static long id(RawClient client) throws IOException {
        return client.greeting().connectionId();
    }

    private static byte[] processKill(long id) {
        return new PayloadWriter().u8(0x0c).u32(id).toByteArray();
    }

    /** Lets a client sleep, and waits until the server runs that. */
    private void sleep(RawClient client) throws IOException {
        String name = "sleeper " + id(client);
        client.send(Command.QUERY.payload(SLEEP.formatted(name)));
        await(name).atMost(PATIENCE).until(() -> running(name) == 1);
    }

    private int running(String name) throws IOException {
        return Integer
                .parseInt(db.value("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT /* "
                        + name + " */%'"));
    }

    private static List<Packet> untilTheEnd(RawClient client) throws IOException {
        List<Packet> packets = new ArrayList<>();
        for (Optional<Packet> next = client.stream().readEnd(); next.isPresent(); next = client.stream().readEnd()) {
            packets.add(next.get());
        }
        return packets;
    }

    private List<List<Packet>> play(Way way, Scene scene) throws IOException {
        try (RawClient killer = way.connect().limit(PATIENCE); RawClient target = way.connect().limit(PATIENCE)) {
            return scene.play(killer, target);
        }
    }

    private List<List<Packet>> assertSame(Scene scene) throws IOException {
        List<List<Packet>> direct = play(db::root, scene);
        assertThat(play(this::through, scene)).isEqualTo(direct);
        return direct;
    }

    @Test
    void aStatementEnds() throws IOException {
        assertSame((killer, target) -> {
            sleep(target);
            Reply done = killer.query("KILL QUERY " + id(target)).good();
            Reply ended = target.reply(Command.QUERY);
            target.ping();
            return List.of(done.packets(), ended.packets());
        });
    }

    @Test
    void anIdleConnectionIsClosedWithoutAPacket() throws IOException {
        List<List<Packet>> packets = assertSame((killer, target) -> {
            target.ping();
            return List.of(killer.query("/* it's time */ KILL " + id(target) + ";").good().packets(),
                    untilTheEnd(target));
        });
        assertThat(packets.getLast()).isEmpty();
    }

    @Test
    void aConnectionEndsInItsStatement() throws IOException {
        List<List<Packet>> packets = assertSame((killer, target) -> {
            sleep(target);
            return List.of(killer.query("KILL CONNECTION " + id(target)).good().packets(), untilTheEnd(target));
        });
        assertThat(packets.getLast()).isEmpty();
    }

    @Test
    void theOldCommandEndsAConnectionWhereTheServerKnowsIt() throws IOException {
        assertSame((killer, target) -> {
            target.ping();
            killer.send(processKill(id(target)));
            Packet answer = killer.stream().read();
            return List.of(List.of(answer), answer.isOk() ? untilTheEnd(target) : List.of());
        });
    }

    @Test
    void aConnectionEndsItself() throws IOException {
        assertSame((killer, target) -> {
            List<Packet> query = target.query("KILL QUERY " + id(target)).packets();
            killer.send(Command.QUERY.payload("KILL " + id(killer)));
            return List.of(query, untilTheEnd(killer));
        });
    }

    @Test
    void unknownIdsAreTheServersToSay() throws IOException {
        List<List<Packet>> packets = assertSame((killer, target) -> List.of(killer.query("KILL 2000000000").packets(),
                killer.query("KILL QUERY 4294967294").packets(), killer.query("kill 99999999999").packets()));
        assertThat(packets.get(1).getFirst().err()).isEqualTo(new Err(1094, "HY000", "Unknown thread id: 4294967294"));
    }

    @Test
    void idsOfTheServerWork() throws IOException {
        assertSame((killer, target) -> {
            String id = target.query("SELECT CONNECTION_ID()").value();
            sleep(target);
            List<Packet> done = killer.query("KILL QUERY " + id).good().packets();
            return List.of(done, target.reply(Command.QUERY).packets());
        });
    }

    @Test
    void aLargeResultEndsInAnError() throws IOException {
        String rows = "SELECT REPEAT('x', 10000) FROM (SELECT 1 a UNION ALL SELECT 2) a"
                + ", (SELECT table_name FROM information_schema.columns) b, (SELECT table_name FROM information_schema.columns) c";
        try (RawClient killer = through(); RawClient target = through()) {
            target.send(Command.QUERY.payload(rows));
            Packet first = target.stream().read();
            assertThat(first.isErr()).as(first.toString()).isFalse();

            killer.query("KILL QUERY " + id(target)).good();

            Reply end = rest(target);
            assertThat(end.err().code()).isEqualTo(1317);
            target.ping();
        }
    }

    /** What is left of a result whose first packet was read. */
    private static Reply rest(RawClient client) throws IOException {
        return client.reply(Command.FIELD_LIST, 2, false);
    }

    @Test
    void anotherAccountIsNotTheOwner() throws IOException {
        db.createAccount("killer", "pw", "killing");
        try (RawClient target = through();
                RawClient killer = proxy.connect(listener).login(Login.clear(account("killer", db.socket()), "pw"))) {
            sleep(target);
            for (String kill : List.of("KILL ", "KILL QUERY ")) {
                assertThat(killer.query(kill + id(target)).err())
                        .isEqualTo(new Err(1095, "HY000", "You are not owner of thread " + id(target)));
            }
            assertThat(killer.query("KILL " + target.greeting().connectionId() + "; SELECT 1").failed()).isTrue();
            killer.ping();
            through().query("KILL " + id(target)).good();
        }
    }

    @Test
    void theScriptDecidesFirst() throws IOException {
        try (RawClient killer = through(listener + "-query", db.socket()); RawClient target = through()) {
            sleep(target);
            assertThat(killer.query("/* forbidden */ KILL QUERY " + id(target)).err().code()).isEqualTo(1227);
            killer.query("/* tenant_a */ KILL QUERY " + id(target)).good();
            target.reply(Command.QUERY);
            target.ping();
        }
    }

    @Test
    void aSessionAtAnotherServerEnds() throws IOException {
        // The daemon can't know that both addresses are the same server.
        try (RawClient target = through(listener, db.socket())) {
            sleep(target);
            try (RawClient killer = through(listener, db.tcp())) {
                killer.query("SET autocommit = 0").good();
                Reply done = killer.query("KILL QUERY " + id(target)).good();
                assertThat(done.statuses()).as("the killer's own, not that of another connection").containsExactly(0);
                target.reply(Command.QUERY);
                target.ping();
                killer.query("KILL " + id(target)).good();
                assertThat(untilTheEnd(target)).isEmpty();
            }
        }
    }

    @Test
    void aSessionAtAServerOfAnotherKindEnds() throws IOException {
        assumeTrue(RealMySql.available(), "There is no MySQL server");
        TestedServer other = db instanceof EmbeddedMariaDb ? RealMySql.shared() : EmbeddedMariaDb.shared();
        try (RawClient target = through("main", db.socket()); RawClient killer = through("main", other.socket())) {
            sleep(target);

            killer.query("KILL " + id(target)).good();

            assertThat(untilTheEnd(target)).isEmpty();
            killer.ping();
        }
    }

    @Test
    void manyEndAtOnce() throws IOException, InterruptedException, ExecutionException {
        List<RawClient> targets = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                targets.add(through());
                targets.getLast().send(Command.QUERY.payload(SLEEP.formatted("one of 50")));
            }
            await().atMost(PATIENCE).until(() -> running("one of 50") == 50);

            List<Future<?>> kills = new ArrayList<>();
            for (RawClient target : targets) {
                kills.add(threads.submit(() -> killFresh(target, targets.indexOf(target) % 2 == 0)));
            }
            for (Future<?> kill : kills) {
                kill.get();
            }

            for (RawClient target : targets) {
                target.reply(Command.QUERY);
                target.ping();
            }
        } finally {
            for (RawClient target : targets) {
                target.close();
            }
        }
        proxy.assertHealthy();
    }

    private void killFresh(RawClient target, boolean sameServer) {
        try (RawClient killer = through(listener, sameServer ? db.socket() : db.tcp())) {
            killer.query("KILL QUERY " + id(target)).good();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
