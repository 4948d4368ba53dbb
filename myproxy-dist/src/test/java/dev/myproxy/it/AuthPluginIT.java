package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerAuth;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon logs in to servers by each authentication plugin. */
class AuthPluginIT {

    private static final String SHA2 = "caching_sha2_password";
    private static final String SHA256 = "sha256_password";
    private static final String NATIVE = "mysql_native_password";
    private static final String CLEAR = "mysql_clear_password";
    private static final String ED25519 = "client_ed25519";
    private static final String PARSEC = "parsec";

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    /** Checks the answer to a salt. */
    @FunctionalInterface
    private interface Check {
        boolean passes(ServerConnection client, byte[] answer, byte[] salt, String password) throws IOException;
    }

    private static Check check(String plugin, boolean full) {
        return switch (plugin) {
            case NATIVE -> (c, answer, salt, password) -> ServerAuth.nativePassword(answer, salt, password);
            case CLEAR -> (c, answer, salt, password) -> ServerAuth.clear(answer, password);
            case ED25519 -> (c, answer, salt, password) -> ServerAuth.ed25519(answer, salt, password);
            case PARSEC -> ServerAuth::parsec;
            case SHA256 -> ServerAuth::sha256;
            case SHA2 -> full
                    ? (c, answer, salt, password) -> ServerAuth.cachingSha2Full(c, salt, password)
                    : ServerAuth::cachingSha2Fast;
            default -> throw new IllegalArgumentException(plugin);
        };
    }

    private static boolean isLong(String plugin) {
        return plugin.equals(ED25519) || plugin.equals(PARSEC);
    }

    private static byte[] salt(String plugin) {
        byte[] salt = ServerConnection.randomSalt();
        return isLong(plugin)
                ? java.util.Arrays.copyOf(new PayloadWriter().bytes(salt).bytes(salt).toByteArray(), 32)
                : salt;
    }

    /** A server that announces the plugin in its greeting. */
    private FakeServer greeting(Address address, String plugin, boolean full, String password) throws IOException {
        return FakeServer.start(address, c -> {
            c.greet(Greeting.mysql(salt(plugin)).withSalt(salt(plugin)).withPlugin(plugin));
            Login login = c.readLogin();
            assertThat(login.plugin()).contains(plugin);
            finish(c, check(plugin, full).passes(c, login.auth(), c.greeting().salt(), password));
        });
    }

    /** A server that asks for the plugin later. */
    private FakeServer switching(Address address, String plugin, boolean full, String password) throws IOException {
        return FakeServer.start(address, c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt()).withPlugin(NATIVE));
            c.readLogin();
            byte[] salt = salt(plugin);
            c.authSwitch(plugin, isLong(plugin) ? salt : java.util.Arrays.copyOf(salt, salt.length + 1));
            finish(c, check(plugin, full).passes(c, c.read().payload(), salt, password));
        });
    }

    private static void finish(ServerConnection c, boolean passed) throws IOException {
        if (passed) {
            c.ok();
            c.serve();
        } else {
            c.err(1045, "28000", "Access denied");
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp,mysql_native_password,false", "unix,mysql_native_password,false",
            "unix,mysql_clear_password,false",
            "tcp,mysql_clear_password,false", "tcp,client_ed25519,false", "unix,client_ed25519,false",
            "tcp,parsec,false", "unix,parsec,false", "tcp,sha256_password,false", "unix,sha256_password,false",
            "tcp,caching_sha2_password,false", "unix,caching_sha2_password,false", "tcp,caching_sha2_password,true",
            "unix,caching_sha2_password,true"})
    void logsIn(String kind, String plugin, boolean full) throws IOException {
        for (String password : List.of("secret", "pässwörd with 😀", "x".repeat(150))) {
            try (FakeServer server = greeting(address(kind, "a"), plugin, full, password)) {
                passes(server, password);
                refuses(server, "wrong" + password);
            }
            try (FakeServer server = switching(address(kind, "b"), plugin, full, password)) {
                passes(server, password);
                refuses(server, "wrong" + password);
            }
            java.nio.file.Files.deleteIfExists(directory.resolve("a"));
            java.nio.file.Files.deleteIfExists(directory.resolve("b"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, CLEAR, SHA2, ED25519})
    void logsInWithAnEmptyPassword(String plugin) throws IOException {
        try (FakeServer server = greeting(address("unix", "a"), plugin, false, "")) {
            passes(server, "");
        }
        try (FakeServer server = switching(address("unix", "b"), plugin, false, "")) {
            passes(server, "");
        }
    }

    private Address address(String kind, String name) {
        return kind.equals("tcp") ? Endpoints.tcp(0) : Endpoints.unix(directory.resolve(name));
    }

    private void passes(FakeServer server, String password) throws IOException {
        try (RawClient client = proxy.connect().login(Login.clear(account("joe", server.address()), password))) {
            client.ping();
        }
    }

    private void refuses(FakeServer server, String password) throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear(account("joe", server.address()), password));
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err()).isEqualTo(new Err(1045, "28000", "Access denied"));
            client.expectEnd();
        }
    }

    @Test
    void aHashIsEnoughForNativePassword() throws IOException {
        try (FakeServer server = greeting(address("unix", "a"), NATIVE, false, "secret");
                RawClient client = proxy.connect()) {
            client.login(Login.clear(account("joe", server.address(), "sha1"), "")).ping();
        }
    }

    @Test
    void aHashIsNotEnoughForOtherPlugins() throws IOException {
        try (FakeServer server = greeting(address("unix", "a"), SHA2, true, "secret");
                RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear(account("joe", server.address(), "sha1"), ""));
            assertThat(packet.err()).isEqualTo(new Err(1043, "08S01", "Connection error"));
        }
    }

    @Test
    void manySwitchesAreFollowed() throws IOException {
        try (FakeServer server = FakeServer.start(address("unix", "a"), c -> {
            c.greet();
            c.readLogin();
            for (int i = 0; i < 20; i++) {
                byte[] salt = ServerConnection.randomSalt();
                c.authSwitch(NATIVE, java.util.Arrays.copyOf(salt, 21));
                assertThat(c.read().payload()).isEqualTo(Scrambles.nativePassword("secret", salt));
            }
            finish(c, true);
        })) {
            passes(server, "secret");
        }
    }

    @Test
    void anUnknownPluginInTheGreetingIsTakenForNative() throws IOException {
        try (FakeServer server = FakeServer.start(address("unix", "a"), c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt()).withPlugin("sha512_password"));
            Login login = c.readLogin();
            assertThat(login.plugin()).contains(NATIVE);
            finish(c, ServerAuth.nativePassword(login.auth(), c.greeting().salt(), "secret"));
        })) {
            passes(server, "secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha512_password", "dialog", "auth_gssapi_client", ""})
    void aSwitchToAnUnknownPluginIsAnError(String plugin) throws IOException {
        try (FakeServer server = FakeServer.start(address("unix", "a"), c -> {
            c.greet();
            c.readLogin();
            c.authSwitch(plugin, ServerConnection.randomSalt());
            c.stall();
        }); RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear(account("joe", server.address()), "secret"));
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err().code()).isEqualTo(1043);
            assertThat(packet.err().sqlState()).isEqualTo("08S01");
            assertThat(packet.err().message()).startsWith("Unsupported auth_plugin");
            client.expectEnd();
        }
    }

    @Test
    void aServerWithoutPluginsGetsNativePassword() throws IOException {
        try (FakeServer server = FakeServer.start(address("unix", "a"), c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt())
                    .without(Flags.PLUGIN_AUTH | Flags.PLUGIN_AUTH_LENENC | Flags.CONNECT_ATTRS));
            Login login = c.readLogin();
            finish(c, ServerAuth.nativePassword(login.auth(), c.greeting().salt(), "secret"));
        })) {
            passes(server, "secret");
        }
    }

    @Test
    void clearPasswordsDoNotLeaveTheMachineUnlessAllowed() throws IOException {
        Optional<InetAddress> outward = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress()).findFirst();
        assumeTrue(outward.isPresent(), "this machine has no address but those of its loopback interface");
        Address address = new Address.Inet(new InetSocketAddress(outward.get(), 0));
        try (FakeServer server = greeting(address, CLEAR, false, "secret")) {
            try (RawClient client = proxy.connect()) {
                Packet packet = client.tryLogin(Login.clear(account("joe", server.address()), "secret"));
                assertThat(packet.sequence()).isEqualTo(2);
                assertThat(packet.err().sqlState()).isEqualTo("08S01");
                assertThat(packet.err().message()).contains("allow_cleartext");
                client.expectEnd();
            }
            assertThat(server.connection().login()).isEmpty();
            try (RawClient client = proxy.connect()) {
                client.login(Login.clear(account("joe", server.address(), "cleartext"), "secret")).ping();
            }
        }
    }
}
