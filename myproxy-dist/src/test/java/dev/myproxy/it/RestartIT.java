package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon is replaced by another one on the same listening socket, as systemd does it, while 200 clients work: no connection is
 * refused, and no transaction is broken.
 */
@OwnServers
class RestartIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final int CLIENTS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SHUTDOWN = 1053;

    /** So many sessions and transactions show that a daemon works. */
    private static final int PROGRESS = 50;

    private static final Path FIGURES = Path.of(System.getProperty("basedir", "."), "target", "restart.txt");

    /** Runs a program, and when that has ended becomes the same program again; both have the sockets. */
    private static final String TWICE = """
                                        own='LISTEN_PID=$$; export LISTEN_PID; exec "$@"'
                                        sh -c "$own" sh "$@" &
                                        echo "first $!"
                                        wait $!
                                        echo "first ended with $?"
                                        exec sh -c "$own" sh "$@"
                                        """;

    @TempDir
    private Path directory;

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger sentAway = new AtomicInteger();
    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong longestMillis = new AtomicLong();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void nobodyIsRefusedAndNoTransactionBroken() throws Exception {
        InheritedListeners sockets = new InheritedListeners(directory).tcp("mysql");
        List<String> launcher = new ArrayList<>(sockets.launcher());
        launcher.addAll(List.of("sh", "-c", TWICE, "sh"));
        List<Thread> clients = new ArrayList<>();
        try (ProxyProcess daemons = ProxyProcess.start(launcher, directory,
                """
                mysql_listen(systemd, {on_handshake_response = function(client, login)
                    return client:connect('%s', {user = login.user, password = ''})
                end}, {allow_cleartext = true})
                """.formatted(DB.socket()))) {
            long pid = Long.parseLong(daemons.awaitLine(text -> text.startsWith("first ")).substring(6));
            ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
            try {
                Address address = Address.of(sockets.address("mysql"));
                for (int i = 0; i < CLIENTS; i++) {
                    boolean brief = i % 2 == 0;
                    clients.add(Thread.ofPlatform().daemon().start(() -> live(address, brief)));
                }
                awaitProgress();
                long begin = System.nanoTime();
                longestMillis.set(0);
                assertThat(first.destroy()).isTrue();
                Awaitility.await().atMost(LIMIT).until(() -> !first.isAlive());
                long drained = System.nanoTime();
                daemons.awaitLine("first ended with 0"::equals);
                awaitProgress();

                Files.writeString(FIGURES, String.format("drained in %d ms; the longest session took %d ms; "
                        + "%d sessions, %d transactions; refused: %d, told to go between transactions: %d%n",
                        (drained - begin) / 1_000_000, longestMillis.get(), sessions.get(), transactions.get(),
                        refused.get(), sentAway.get()));
            } finally {
                over = true;
                for (Thread client : clients) {
                    client.join(LIMIT);
                }
                first.destroyForcibly();
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(refused).hasValue(0);
    }

    private void awaitProgress() {
        int before = sessions.get();
        int held = transactions.get();
        Awaitility.await().atMost(LIMIT).until(() -> !complaints.isEmpty()
                || (sessions.get() > before + PROGRESS && transactions.get() > held + PROGRESS));
        assertThat(complaints).isEmpty();
    }

    private void live(Address address, boolean brief) {
        while (!over) {
            try (RawClient client = RawClient.connect(address).limit(LIMIT)) {
                long begin = System.nanoTime();
                if (!isOk(client.tryLogin(Login.clear("root", "")))) {
                    continue;
                }
                if (brief) {
                    ask(client);
                    longestMillis.accumulateAndGet((System.nanoTime() - begin) / 1_000_000, Math::max);
                } else {
                    work(client);
                }
            } catch (ConnectException _) {
                refused.incrementAndGet();
            } catch (IOException _) {
                // outside of a transaction, where a connection may end
                sentAway.incrementAndGet();
            } catch (RuntimeException | AssertionError e) {
                complaints.add(String.valueOf(e));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isOk(Packet answer) {
        if (answer.isErr()) {
            if (answer.err().code() == SHUTDOWN) {
                sentAway.incrementAndGet();
            } else {
                complaints.add(answer.toString());
            }
        }
        return !answer.isErr();
    }

    private void ask(RawClient client) throws IOException {
        client.send(Command.QUERY.payload("DO 1"));
        if (isOk(client.stream().read())) {
            client.send(Command.QUIT.payload());
            sessions.incrementAndGet();
        }
    }

    private void work(RawClient client) throws IOException {
        while (!over) {
            client.send(Command.QUERY.payload("START TRANSACTION"));
            if (!isOk(client.stream().read())) {
                return;
            }
            try {
                client.query("SELECT 1").good();
                LockSupport.parkNanos(30_000_000);
                client.query("DO 2").good();
                client.query("COMMIT").good();
            } catch (IOException | AssertionError e) {
                throw new IllegalStateException("a transaction is broken", e);
            }
            transactions.incrementAndGet();
            LockSupport.parkNanos(20_000_000);
        }
        client.send(Command.QUIT.payload());
    }
}
