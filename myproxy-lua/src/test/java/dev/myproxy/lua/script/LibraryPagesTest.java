package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.ScriptClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example on the manual's pages of the libraries is a configuration that works. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LibraryPagesTest {

    private static final Path MANUAL = Path.of("../docs/lua");

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LibraryPagesTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    static Stream<String> examples() throws Exception {
        List<String> found = new ArrayList<>();
        for (String page : List.of("admin.md", "cache.md", "cgroup.md", "cluster.md", "control-listen.md", "json.md",
                "jwt.md",
                "log.md", "metrics.md",
                "sodium.md")) {
            List<String> examples = Pattern.compile("```lua\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(MANUAL.resolve(page))).results().map(example -> example.group(1))
                    .toList();
            assertThat(examples).as(page).isNotEmpty();
            found.addAll(examples);
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void works(String example) throws Exception {
        // no example is about the network, but for clusters, whose servers would be looked for
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory, example),
                new ScriptedClusters()::outside)) {
            assertThat(script.host.listeners).hasSize(1);
            ScriptClient client = script.unixClient(0);
            if (client.handlers().has(Handler.CONNECT)) {
                assertThat(script.connect(client)).isInstanceOf(Decision.Proceed.class);
            }

            Decision decision = script.login(client, "joe", "secret");

            assertThat(decision).isInstanceOfAny(Decision.Connect.class, Decision.Refuse.class);
            script.gone(client);
        }
    }
}
