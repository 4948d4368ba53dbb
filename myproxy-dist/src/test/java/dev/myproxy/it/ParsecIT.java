package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PasswordLogin;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of a real MariaDB that log in with parsec, and with ed25519. */
class ParsecIT {

    private static final String PASSWORD = "se cret";

    /** Of that password, as a MySQL would store it. */
    private static final String SHA2_HASH = "$A$005$twentyprintablebytesr/w9NCbGe5NDSyisWxbVtKMzwaDyFtCvrh7VgWW6aO9";

    private static EmbeddedMariaDb server;

    @TempDir
    private Path directory;

    private final SharedProxy proxy = SharedProxy.standard();

    @BeforeAll
    static void createAccounts() throws IOException {
        server = EmbeddedMariaDb.sharedNewer();
        for (String plugin : List.of("parsec", "ed25519")) {
            server.execute(user(plugin, plugin, PASSWORD), user(plugin + "_none", plugin, ""),
                    user(plugin + "_long", plugin, longPassword()));
        }
    }

    private static String user(String name, String plugin, String password) {
        return "CREATE OR REPLACE USER '" + name + "'@'%' IDENTIFIED VIA " + plugin + " USING PASSWORD('" + password
                + "')";
    }

    private static String longPassword() {
        return "pässwörd with 😀 ".repeat(14);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Packet answer(RawClient client, String user, String password) throws IOException {
        return new PasswordLogin(bytes(user), bytes(password)).overUnix(client);
    }

    private void letsIn(String listener, String name, Address at, String suffix, String password) throws IOException {
        try (RawClient client = proxy.connect(listener)) {
            assertThat(answer(client, account(name, at) + suffix, password)).matches(Packet::isOk);
            assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo(name + "@%");
        }
    }

    private String keepsOut(String name, Address at, String password) throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet packet = answer(client, account(name, at), password);
            client.expectEnd();
            return "ERROR %d (%s): %s".formatted(packet.err().code(), packet.err().sqlState(), packet.err().message());
        }
    }

    /** What MariaDB's own client prints without a proxy. */
    private String directly(String name, Address at, String password) throws IOException, InterruptedException {
        List<String> where = at instanceof Address.UnixPath(String path)
                ? List.of("--socket=" + path)
                : List.of("--host=127.0.0.1", "--port=" + server.port());
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" 2>&1 || true", "sh",
                NewerMariaDb.client().toString(), "--no-defaults", "--skip-ssl", "--user=" + name,
                "--password=" + password));
        command.addAll(where);
        return Programs.run(directory, Path.of("/dev/null"), command).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parsec", "ed25519"})
    void passwordsLetIn(String plugin) throws IOException {
        for (Address at : List.of(server.socket(), server.tcp())) {
            letsIn("main", plugin, at, "", PASSWORD);
            letsIn("main", plugin + "_none", at, "", "");
            letsIn("main", plugin + "_long", at, "", longPassword());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parsec", "ed25519"})
    void otherPasswordsAreTheServersError(String plugin) throws IOException, InterruptedException {
        for (Address at : List.of(server.socket(), server.tcp())) {
            for (String name : List.of(plugin, plugin + "_none")) {
                assertThat(keepsOut(name, at, "wrong"))
                        .startsWith("ERROR 1045 (28000): Access denied for user '" + name)
                        .isEqualTo(directly(name, at, "wrong"));
            }
            assertThat(keepsOut(plugin, at, "")).isEqualTo(directly(plugin, at, ""));
        }
    }

    /** The client has told its password to the proxy, which the plugin needs. */
    @ParameterizedTest
    @ValueSource(strings = {"parsec", "ed25519"})
    void aHashThatTakesThePasswordIsEnough(String plugin) throws IOException {
        letsIn("hash", plugin, server.socket(), " " + SHA2_HASH, PASSWORD);
        try (RawClient client = proxy.connect("hash")) {
            Packet packet = answer(client, account(plugin, server.socket()) + " " + SHA2_HASH, "wrong");
            assertThat(packet.err().message()).isEqualTo("The hash is of another password");
        }
    }

    @Test
    void aHashThatTakesNoPasswordIsNot() throws IOException {
        try (RawClient client = proxy.connect("hash")) {
            Packet packet = answer(client, account("parsec", server.socket()) + " "
                    + Scrambles.nativeHash(bytes(PASSWORD)), PASSWORD);
            assertThat(packet.err().message()).isEqualTo("Connection error");
        }
    }
}
