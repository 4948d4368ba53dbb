package dev.myproxy.it.matrix;

import dev.myproxy.address.Address;
import dev.myproxy.it.EmbeddedMariaDb;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerAuth;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.peers.Wire;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server whose accounts have caching_sha2_password, for machines without a MySQL and to see what is sent: it checks the
 * arithmetic of every answer itself, in full first and fast where it has seen the password before, and lets a MariaDB do the
 * rest. All accounts have {@link Password#RIGHT}. It offers TLS over its Unix socket, as a MySQL does, and over TCP none.
 */
final class Sha2Server implements Closeable {

    /** How a client has proved that it knows its password. */
    enum Proof {
        FULL, FAST
    }

    private static final String PLUGIN = "caching_sha2_password";
    private static final String PASSWORD = Password.RIGHT.text();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestPki.Issued identity = TestPki.create().forLocalhost();
    private final EmbeddedMariaDb behind;
    private final FakeServer local;
    private final FakeServer tcp;
    private final Set<String> cached = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Proof>> proofs = new ConcurrentHashMap<>();

    /** @param behind has the same accounts, with mysql_native_password */
    Sha2Server(EmbeddedMariaDb behind, Path directory) throws IOException {
        this.behind = behind;
        ServerAuth.makeKey();
        local = FakeServer.start(Endpoints.unix(directory.resolve("sha2")), this::serve);
        tcp = FakeServer.start(Endpoints.tcp(0), this::serve);
    }

    Address socket() {
        return local.address();
    }

    Address tcp() {
        return tcp.address();
    }

    /** What somebody has proved in each login that was good, in order. */
    List<Proof> proofs(String user) {
        return proofs.getOrDefault(user, List.of());
    }

    private void serve(ServerConnection client) throws IOException {
        try (RawClient server = RawClient.connect(behind.socket())) {
            // Many clients at a time keep a machine busy.
            client.stream().wire().limit(PATIENCE);
            Greeting greeting = server.limit(PATIENCE).readGreeting();
            client.greet(greeting.withSalt(ServerConnection.randomSalt()).withPlugin(PLUGIN)
                    .with(client.isLocal() ? Flags.SSL : 0));
            Login login = client.readLogin(() -> TestEngines.of(identity)).without(Flags.SSL);
            if (!proves(client, login)) {
                client.err(1045, "28000", "Access denied for user '" + login.user() + "'@'localhost' (using password: "
                        + (login.auth().length == 0 ? "NO)" : "YES)"));
                return;
            }
            Packet answer = server.tryLogin(login.withAuth("mysql_native_password",
                    Scrambles.nativePassword(PASSWORD, greeting.salt())));
            client.send(answer.payload());
            if (answer.isOk()) {
                pass(client.stream().wire(), server.stream().wire());
            }
        }
    }

    private boolean proves(ServerConnection client, Login login) throws IOException {
        byte[] salt = client.greeting().salt();
        byte[] answer = login.auth();
        if (!login.plugin().orElse("").equals(PLUGIN)) {
            salt = ServerConnection.randomSalt();
            client.authSwitch(PLUGIN, Arrays.copyOf(salt, salt.length + 1));
            answer = client.read().payload();
        }
        if (answer.length == 0) {
            return false;
        }
        if (cached.contains(login.user()) && ServerAuth.cachingSha2Fast(client, answer, salt, PASSWORD)) {
            proved(login.user(), Proof.FAST);
            return true;
        }
        boolean good = ServerAuth.cachingSha2Full(client, salt, PASSWORD);
        if (good) {
            cached.add(login.user());
            proved(login.user(), Proof.FULL);
        }
        return good;
    }

    private void proved(String user, Proof proof) {
        proofs.computeIfAbsent(user, _ -> new CopyOnWriteArrayList<>()).add(proof);
    }

    private static void pass(Wire client, Wire server) throws IOException {
        Thread.ofVirtual().start(() -> {
            try (server) {
                copy(client, server);
            } catch (IOException _) {
                // One of them has gone, so that the other thread ends as well.
            }
        });
        copy(server, client);
    }

    private static void copy(Wire from, Wire to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 14);
        while (from.readSome(bytes.clear()) >= 0) {
            to.write(bytes.flip());
        }
    }

    @Override
    public void close() throws IOException {
        try (local; tcp) {
            cached.clear();
        }
    }
}
