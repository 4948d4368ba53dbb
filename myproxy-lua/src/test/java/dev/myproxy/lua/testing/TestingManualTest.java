package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The example of the manual is a configuration and its test, which passes on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class TestingManualTest {

    private static final Path MANUAL = Path.of("../docs/testing-policies.md");

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    TestingManualTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    @Test
    void theExampleWorks() throws Exception {
        List<String> examples = Pattern.compile("```lua(?: test)?\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(MANUAL)).results().map(example -> example.group(1)).toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);

        new TestBench(engine, directory).policy(examples.get(0)).passes(examples.get(1));
    }
}
