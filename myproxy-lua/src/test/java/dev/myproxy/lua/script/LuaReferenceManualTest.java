package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the Lua reference is a configuration that works, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaReferenceManualTest {

    private static final Path MANUAL = Path.of("../docs/lua-reference.md");

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaReferenceManualTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    static List<String> examples() throws Exception {
        return Pattern.compile("```lua\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(MANUAL)).results()
                .map(example -> example.group(1)).toList();
    }

    @Test
    void thereAreExamples() throws Exception {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void works(String example) throws Exception {
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory, example))) {
            assertThat(script.host.listeners).hasSize(1);
            ScriptClient client = script.tcpClient();
            if (client.handlers().has(Handler.CONNECT)) {
                assertThat(script.connect(client)).isInstanceOf(Decision.Proceed.class);
            }

            Decision decision = script.login(client, "joe", "secret");

            assertThat(decision).isInstanceOfAny(Decision.Connect.class, Decision.Refuse.class);
            if (client.handlers().has(Handler.INIT_DB)) {
                assertThat(script.initDb(client, "shop")).isInstanceOf(Decision.InitDb.class);
            }
            if (client.handlers().has(Handler.QUERY)) {
                assertThat(script.decide(new ScriptEvent.Query(client, ByteString.of("select 1"))))
                        .isInstanceOf(Decision.Query.class);
                assertThat(script.decide(new ScriptEvent.Query(client, ByteString.of("DROP TABLE t"))))
                        .isInstanceOf(Decision.Refuse.class);
            }
            if (client.handlers().has(Handler.DISCONNECT)) {
                script.disconnect(client, "client_quit",
                        Map.of("phase", "command", "received_bytes", 400L, "total_ms", 2000.5));
                await().untilAsserted(() -> assertThat(script.host.printedTexts())
                        .containsExactly("joe sent 400 bytes in 2 s, ended by client_quit"));
            }
            assertThat(script.host.errors).isEmpty();
            script.gone(client);
        }
    }
}
