package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that has nothing to do knows nobody's password, however the logins ended. */
class SecretsIT {

    /** The end of each password, which nothing else has. */
    private static final String MARK = "-Zk8pVq2-hush";

    @TempDir
    private Path directory;

    @Test
    void anIdleDaemonHasForgottenAllPasswords() throws Exception {
        Address door = Endpoints.unix(directory.resolve("door"));
        Address hashes = Endpoints.unix(directory.resolve("hashes"));
        Address encrypted = Endpoints.unix(directory.resolve("encrypted"));
        TestPki pki = TestPki.create();
        pki.issue("proxy").write(directory, "proxy");
        Path authority = pki.writeAuthority(directory);
        TestPki.Issued certificate = pki.forLocalhost();
        try (FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("server")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
                FakeServer tlsServer = FakeServer.start(Endpoints.tcp(0), c -> encryptedServer(c, certificate));
                ProxyProcess proxy = ProxyProcess.start(directory,
                        """
                        local function login(client, login)
                          if login.user == 'refused' then return client:err('no') end
                          if login.user == 'broken' then error('boom') end
                          if login.user == 'slow' then sleep(60) end
                          return client:connect('%s', {user = login.user, password = login.password})
                        end
                        local function prove(client, login)
                          login:verify('$A$001$' .. ('s'):rep(20) .. ('h'):rep(43))
                          return client:connect('%s', {user = login.user, password = 'other'})
                        end
                        mysql_listen('%s', {on_handshake_response = login}, {login_timeout = 1})
                        mysql_listen('%s', {on_handshake_response = prove}, {auth = 'hash'})
                        local function encrypted(client, login)
                          if login.user == 'refused' then return client:err('no') end
                          return client:connect('%s', {user = login.user, password = login.password}, {
                            tls = {ca = '%s', certificate = '%s', key = '%s'}})
                        end
                        mysql_listen('%s', {on_handshake_response = encrypted}, {tls = {required = true}})
                        -- what the script has seen is its own affair: it is gone when Lua has collected it
                        local admin = {on_handshake_response = function(client)
                          collectgarbage() collectgarbage() return client:err('collected')
                        end}
                        mysql_listen('%s', admin)
                        """.formatted(path(server.address()), path(server.address()), path(door), path(hashes),
                                tlsServer.address(), authority, directory.resolve("proxy.crt"),
                                directory.resolve("proxy.key"), path(encrypted), directory.resolve("collect")))) {
            String visible = "user-that-is-easy-to-find";
            try (RawClient stays = RawClient.connect(door); RawClient within = RawClient.connect(encrypted)) {
                stays.login(Login.clear(visible, "stays" + MARK)).ping();
                assertThat(loginWithin(within, "accepted").isOk()).isTrue();
                within.ping();
                logins(door, hashes);
                encryptedLogins(encrypted);
                assertThat(tlsServer.failures()).isEmpty();
                for (int i = 0; i < 5; i++) {
                    try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("collect")))) {
                        client.readGreeting();
                        assertThat(client.tryLogin(Login.clear("x", "")).isErr()).isTrue();
                    }
                }

                byte[] heap = dump(proxy);

                assertThat(count(heap, visible)).as("what the dump is known to have").isPositive();
                assertThat(count(heap, MARK)).as("passwords in the heap").isZero();
            }
        }
    }

    private static String path(Address address) {
        return ((Address.UnixPath) address).path();
    }

    private static void logins(Address door, Address hashes) throws IOException {
        for (String user : List.of("accepted", "refused", "broken")) {
            try (RawClient client = RawClient.connect(door)) {
                client.readGreeting();
                client.tryLogin(Login.clear(user, user + MARK));
            }
            try (RawClient client = RawClient.connect(door)) {
                fully(client, user, user + "-fully" + MARK);
            }
        }
        try (RawClient client = RawClient.connect(hashes)) {
            fully(client, "proves", "proves" + MARK);
        }
        try (RawClient leaves = RawClient.connect(door)) {
            leaves.readGreeting();
            leaves.sendLogin(Login.clear("slow", "slow" + MARK));
        }
        try (RawClient late = RawClient.connect(door)) {
            byte[] scramble = Scrambles.cachingSha2("late" + MARK, late.readGreeting().salt());
            late.tryLogin(Login.clear("late", "").withAuth("caching_sha2_password", scramble));
            late.stream().raw(new byte[]{40, 0, 0, 3, 'l', 'a', 't', 'e', '-', 'Z'});
            assertThat(late.stream().read().err().message()).isEqualTo("Login timeout");
        }
        try (RawClient client = RawClient.connect(door)) {
            client.login(Login.clear("first", "first" + MARK)).ping();
            byte[] secret = Scrambles.clear("second" + MARK);
            client.send(Command.CHANGE_USER.payload(new PayloadWriter()
                    .nulText("second").u8(secret.length).bytes(secret).nulText("").u16(45)
                    .nulText("mysql_clear_password").lenenc(0).toByteArray()));
            assertThat(client.stream().read().isOk()).isTrue();
        }
    }

    /** A server that wants TLS and a certificate, and then the password as it is. */
    private static void encryptedServer(ServerConnection c, TestPki.Issued certificate)
            throws IOException, InterruptedException {
        c.greet(c.greeting().with(Flags.SSL));
        assertThat(c.read().payload()).hasSize(32);
        SSLEngine engine = TestEngines.of(certificate);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        c.stream().encrypt(engine);
        Login login = c.readLogin();
        c.authSwitch("mysql_clear_password");
        byte[] password = c.read().payload();
        assertThat(password).endsWith((MARK + "\0").getBytes(StandardCharsets.UTF_8));
        if (login.user().equals("denied")) {
            c.err(1045, "28000", "Access denied");
            return;
        }
        c.ok();
        c.serve();
    }

    private static void encryptedLogins(Address door) throws IOException {
        for (String user : List.of("accepted", "refused", "denied")) {
            try (RawClient client = RawClient.connect(door)) {
                assertThat(loginWithin(client, user).isOk()).isEqualTo(user.equals("accepted"));
            }
            try (RawClient client = RawClient.connect(door)) {
                Login login = Login.clear(user, user + "-within" + MARK);
                assertThat(client.encrypt(login, TestEngines.client()).tryEncryptedLogin(login).isOk())
                        .isEqualTo(user.equals("accepted"));
            }
        }
        try (RawClient plain = RawClient.connect(door)) {
            plain.readGreeting();
            assertThat(plain.tryLogin(Login.clear("plain", "plain" + MARK)).err().code()).isEqualTo(3159);
        }
    }

    /** By TLS and full authentication, in clear within. */
    private static Packet loginWithin(RawClient client, String user) throws IOException {
        byte[] scramble = Scrambles.cachingSha2(user + MARK, client.readGreeting().salt());
        Login login = Login.clear(user, "").withAuth("caching_sha2_password", scramble);
        Packet answer = client.encrypt(login, TestEngines.client()).tryEncryptedLogin(login);
        assertThat(answer.body().u8()).isEqualTo(4);
        client.stream().write(answer.sequence() + 1, Scrambles.clear(user + MARK));
        return client.stream().read();
    }

    private static void fully(RawClient client, String user, String password) throws IOException {
        byte[] scramble = Scrambles.cachingSha2(password, client.readGreeting().salt());
        Packet answer = client.tryLogin(Login.clear(user, "").withAuth("caching_sha2_password", scramble));
        PayloadReader more = answer.body();
        assertThat(more.u8()).isEqualTo(4);
        client.stream().write(answer.sequence() + 1, Scrambles.clear(password));
        client.stream().read();
    }

    /** The objects that are in use. */
    private byte[] dump(ProxyProcess proxy) throws IOException, InterruptedException {
        Path file = directory.resolve("heap");
        Programs.run(directory, Path.of("/dev/null"), List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(proxy.process().pid()),
                "GC.heap_dump", file.toString()));
        byte[] heap = Files.readAllBytes(file);
        Files.delete(file);
        return heap;
    }

    /** How often a text is in a dump: in bytes, and as arrays of characters, which dumps have with their high byte first. */
    private static int count(byte[] heap, String text) {
        return count(heap, text.getBytes(StandardCharsets.UTF_8))
                + count(heap, text.getBytes(StandardCharsets.UTF_16BE))
                + count(heap, text.getBytes(StandardCharsets.UTF_16LE));
    }

    private static int count(byte[] heap, byte[] text) {
        int count = 0;
        for (int i = 0; i + text.length <= heap.length; i++) {
            if (heap[i] == text[0] && Arrays.equals(heap, i, i + text.length, text, 0, text.length)) {
                count++;
            }
        }
        return count;
    }
}
