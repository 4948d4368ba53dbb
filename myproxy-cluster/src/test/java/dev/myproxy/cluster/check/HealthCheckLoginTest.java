package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerAuth;
import dev.myproxy.peers.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The login of checks that have an account. */
class HealthCheckLoginTest {

    private final Checks checks = new Checks();

    @AfterEach
    void stop() {
        checks.close();
    }

    @ParameterizedTest
    @CsvSource({"1045, 28000, AUTH_FAILED, Authentication error: no",
            "1044, 42000, AUTH_FAILED, Authentication error: no",
            "4151, HY000, AUTH_FAILED, Authentication error: no", "1040, 08004, OVERLOADED, overloaded: no",
            "1203, 42000, OVERLOADED, overloaded: no", "1226, 42000, OVERLOADED, overloaded: no",
            "1053, 08S01, DEAD, Connection rejected by server: no",
            "1047, 08S01, DEAD, Connection rejected by server: no",
            "3032, HY000, DEAD, Connection rejected by server: no"})
    void aLoginThatIsRefused(int code, String sqlState, NodeState state, String reason) throws Exception {
        CheckResult result = checks.check(c -> {
            c.greet();
            c.readLogin();
            c.err(code, sqlState, "no");
        }, Checks.LOGIN);

        assertThat(result.state()).isEqualTo(state);
        assertThat(result.reason()).isEqualTo(reason);
    }

    @Test
    void logsInAndLeaves() throws Exception {
        AtomicBoolean left = new AtomicBoolean();

        CheckResult result = checks.check(c -> {
            c.greet();
            Login login = c.readLogin();
            assertThat(login.user()).isEqualTo("monitor");
            assertThat(login.database()).isEmpty();
            assertThat(login.attributes()).containsEntry("program_name", "myproxy health check");
            assertThat(ServerAuth.nativePassword(login.auth(), c.greeting().salt(), Checks.PASSWORD)).isTrue();
            c.ok();
            assertThat(c.expect(Command.QUIT.payload()).sequence()).isZero();
            c.expectEnd();
            left.set(true);
        }, Checks.LOGIN);

        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
        assertThat(left).isTrue();
    }

    @Test
    void logsInAgainWithTheSamePassword() throws Exception {
        FakeServer.Script script = c -> {
            c.greet();
            assertThat(ServerAuth.nativePassword(c.readLogin().auth(), c.greeting().salt(), Checks.PASSWORD)).isTrue();
            c.ok();
            c.expect(Command.QUIT.payload());
        };

        assertThat(checks.check(script, Checks.LOGIN).state()).isEqualTo(NodeState.ALIVE);
        assertThat(checks.check(script, Checks.LOGIN).state()).isEqualTo(NodeState.ALIVE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logsInWithFullAuthentication(boolean unix, @TempDir Path directory) throws Exception {
        AtomicBoolean right = new AtomicBoolean();
        Address address = unix ? Endpoints.unix(directory.resolve("s")) : Endpoints.tcp(0);
        try (FakeServer server = FakeServer.start(address, c -> {
            c.greet(c.greeting().withPlugin("caching_sha2_password"));
            c.readLogin();
            right.set(ServerAuth.cachingSha2Full(c, c.greeting().salt(), Checks.PASSWORD));
            c.ok();
            c.expect(Command.QUIT.payload());
        })) {
            assertThat(checks.check(server.address(), Checks.LOGIN).state()).isEqualTo(NodeState.ALIVE);
        }
        assertThat(right).isTrue();
    }

    @Test
    void logsInWithAnotherPluginThanTheGreetings() throws Exception {
        byte[] salt = "thirty-two bytes make one salt..".getBytes(StandardCharsets.US_ASCII);

        CheckResult result = checks.check(c -> {
            c.greet();
            c.readLogin();
            c.authSwitch("client_ed25519", salt);
            assertThat(ServerAuth.ed25519(c.read().payload(), salt, Checks.PASSWORD)).isTrue();
            byte[] second = new PayloadWriter().bytes(ServerConnection.randomSalt()).u8(0).toByteArray();
            c.authSwitch("mysql_native_password", second);
            assertThat(c.read().payload()).isEqualTo(
                    Scrambles.nativePassword(Checks.PASSWORD, Arrays.copyOf(second, 20)));
            c.ok();
            c.expect(Command.QUIT.payload());
        }, Checks.LOGIN);

        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
    }

    @Test
    void aPluginThatNobodyKnows() throws Exception {
        CheckResult result = checks.check(c -> {
            c.greet();
            c.readLogin();
            c.authSwitch("dialog");
            c.expectEnd();
        }, Checks.LOGIN);

        assertThat(result.state()).isEqualTo(NodeState.DEAD);
        assertThat(result.reason()).isEqualTo("Unsupported auth_plugin");
    }
}
