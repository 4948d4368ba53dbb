package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            if (client.handlers().connect()) {
                assertThat(script.connect(client)).isInstanceOf(Decision.Proceed.class);
            }

            Decision decision = script.login(client, "joe", "secret");

            assertThat(decision).isInstanceOfAny(Decision.Connect.class, Decision.Refuse.class);
            if (client.handlers().initDb()) {
                assertThat(script.initDb(client, "shop")).isInstanceOf(Decision.InitDb.class);
            }
            script.gone(client);
        }
    }
}
