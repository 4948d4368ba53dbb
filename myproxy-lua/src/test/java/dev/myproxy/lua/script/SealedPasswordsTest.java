package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.pg.PostgresServer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords that lie sealed in a real PostgreSQL, and are opened at login. */
class SealedPasswordsTest {

    private static final Path POLICY = Path.of("src/test/resources/lua/sealed_passwords.lua");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.myproxy.lua.Engines#available")
    void areOpenedAtLogin(LuaScriptEngine engine) throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEW);
        String source = "conninfo = \"" + server.conninfo() + "\" dofile('" + POLICY + "')";
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory, source))) {
            ScriptClient client = script.tcpClient();

            assertThat(password(script.login(client, "joe", "x")))
                    .isEqualTo(new byte[]{'a', 0, 'b', -1, (byte) 0xc3, (byte) 0xa4});
            assertThat(password(script.login(client, "empty", "x"))).isEmpty();
            for (String user : new String[]{"ann", "short", "forged"}) {
                assertThat(script.login(client, user, "x"))
                        .isEqualTo(new Decision.Refuse(ByteString.of("No password for " + user)));
            }
        }
    }

    private static byte[] password(Decision decision) {
        return ((Decision.Connect) decision).credentials().password().copy();
    }
}
