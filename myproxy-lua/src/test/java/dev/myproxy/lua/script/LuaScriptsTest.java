package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.script.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scripts of src/test/resources/lua as configurations. Each checks things while it loads, and again in
 * {@code on_connect} of every listener that it makes, once for a client of this machine, once for one that is not.
 */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaScriptsTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/lua");

    private final LuaScriptEngine engine;

    LuaScriptsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    static Stream<String> scripts() throws Exception {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("test_")).sorted()
                    .toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void passes(String name) throws Exception {
        try (RunningScript script = RunningScript.load(engine, SCRIPTS.resolve(name),
                new ScriptedClusters()::outside)) {
            assertThat(script.host.listeners).isNotEmpty();
            for (int i = 0; i < script.host.listeners.size(); i++) {
                assertThat(script.connect(script.unixClient(i))).isEqualTo(new Decision.Proceed());
            }
            assertThat(script.connect(script.tcpClient())).isEqualTo(new Decision.Proceed());
        }
    }
}
