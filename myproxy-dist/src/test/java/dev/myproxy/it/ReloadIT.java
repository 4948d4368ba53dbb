package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGHUP while clients come and go. {@code -Dmyproxy.reloads=N} reloads N times in the place of 8, to see what that leaves
 * behind.
 */
@OwnServers
class ReloadIT {

    private static final int RELOADS = Integer.getInteger("myproxy.reloads", 8);
    private static final int CLIENTS = 4;

    /** What the daemon has by itself, and two scripts. */
    private static final int MOST_THREADS = 60;

    @TempDir
    private Path directory;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), ReloadIT::play);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void play(ServerConnection client) throws IOException {
        client.greet();
        client.acceptAll();
        try {
            while (client.read().first() != Command.QUIT.code()) {
                client.ok();
            }
        } catch (EOFException _) {
            // the client left without a word
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }

    /** Refuses the statement "who" by the name of the configuration. */
    private String configuration(String name) {
        return """
               local handler = {}
               function handler.on_handshake_response(client, login)
                   return client:connect('%s', {user = 'x', password = 'y'})
               end
               function handler.on_query(client, sql)
                   if sql == 'who' then return client:err('%s') end
               end
               function reload() print(tostring(reload_config()) .. ' from %s') end
               mysql_listen('%s', handler)
               local cluster = mysql_cluster({'%s'}, {monitoring = true, interval = 0.2})
               local names = cache:new({name = 'names'})
               local level = metrics.gauge('level', 'x')
               """.formatted(server.address(), name, name, directory.resolve("socket"), server.address());
    }

    private Address socket() {
        return Endpoints.unix(directory.resolve("socket"));
    }

    private RawClient client() throws IOException {
        RawClient client = RawClient.connect(socket());
        client.readGreeting();
        return client.login(Login.clear("joe", "pw"));
    }

    private static String who(RawClient client) throws IOException {
        return client.query("who").err().message();
    }

    private static void reload(ProxyProcess proxy, String line) throws IOException, InterruptedException {
        proxy.process().signal("HUP");
        patiently().until(() -> proxy.out().contains(line));
    }

    @Test
    void clientsThatComeAndGoNoticeNothingAndNothingIsLeftBehind() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, configuration("0"));
                RawClient early = client()) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger rounds = new AtomicInteger();
            Queue<String> complaints = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                threads.add(Thread.ofPlatform().daemon().start(() -> live(over, rounds, complaints)));
            }
            long descriptors = 0;
            long bytes = 0;
            for (int i = 1; i <= RELOADS; i++) {
                int before = rounds.get();
                Files.writeString(directory.resolve("config.lua"), configuration(Integer.toString(i)));
                reload(proxy, "true from " + (i - 1));
                patiently().until(() -> rounds.get() > before + CLIENTS || !complaints.isEmpty());
                early.ping();
                if (i == RELOADS / 2) {
                    descriptors = proxy.process().descriptors();
                    bytes = proxy.process().residentBytes();
                }
            }
            assertThat(who(early)).as("an old session").isEqualTo("0");
            try (RawClient late = client()) {
                assertThat(who(late)).isEqualTo(Integer.toString(RELOADS));
            }
            over.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(complaints).isEmpty();
            long limit = descriptors + 2 * CLIENTS + 8;
            patiently().until(() -> proxy.process().descriptors() <= limit);
            assertThat(proxy.process().residentBytes()).isLessThan(bytes + 64_000_000);
            patiently().until(() -> proxy.process().threads() <= MOST_THREADS);
            assertThat(proxy.stop()).isZero();
        }
    }

    private void live(AtomicBoolean over, AtomicInteger rounds, Queue<String> complaints) {
        while (!over.get() && complaints.isEmpty()) {
            try (RawClient client = client()) {
                int before = Integer.parseInt(who(client));
                client.ping();
                if (Integer.parseInt(who(client)) != before) {
                    complaints.add("the handlers of a session have changed");
                }
                rounds.incrementAndGet();
            } catch (IOException | RuntimeException | AssertionError e) {
                complaints.add(e.toString());
            }
        }
    }

    @Test
    void aMistakeChangesNothing() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, configuration("good"))) {
            Files.writeString(directory.resolve("config.lua"), configuration("bad") + "\nnonsense(");
            reload(proxy, "nil from good");

            proxy.awaitLine(line -> line.contains("The configuration was not loaded again, the one in force stays so: "
                    + directory.resolve("config.lua") + ":"));
            try (RawClient client = client()) {
                assertThat(who(client)).isEqualTo("good");
            }
            Files.writeString(directory.resolve("config.lua"), configuration("better"));
            reload(proxy, "true from good");
            try (RawClient client = client()) {
                assertThat(who(client)).isEqualTo("better");
            }
            assertThat(proxy.stop()).isZero();
        }
    }
}
