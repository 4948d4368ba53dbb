package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What editors know of the library {@code test} is what there is, and the manual has it all. */
class TestAnnotationsTest {

    private static final Path ANNOTATIONS = Path.of("../conf/lua/library/test.lua");
    private static final Path MANUAL = Path.of("../docs/testing-policies.md");

    @TempDir
    Path directory;

    private static Set<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theFunctionsAreThoseOfTheLibrary() throws Exception {
        TestBench bench = new TestBench(Engines.available().findFirst().orElseThrow(), directory);

        bench.passes("for name, value in pairs(test) do if type(value) == 'function' then print(name) end end\n"
                + "test.case('x', function() end)");

        assertThat(found(Files.readString(ANNOTATIONS), "\nfunction test\\.(\\w+)\\("))
                .containsExactlyInAnyOrderElementsOf(bench.printed());
    }

    @Test
    void theMethodsAreThoseOfPoliciesClientsAndDatabases() throws Exception {
        String annotations = Files.readString(ANNOTATIONS);
        String source = TestLibrary.source("policies.lua").utf8() + TestLibrary.source("outside.lua").utf8();

        assertThat(found(annotations, "\nfunction policy:(\\w+)\\("))
                .isEqualTo(found(source, "\nfunction Policy:(\\w+)\\("));
        assertThat(found(annotations, "\nfunction client:(\\w+)\\("))
                .isEqualTo(found(source, "\nfunction Client:(\\w+)\\("));
        Set<String> databases = found(source, "\nfunction Databases:(\\w+)\\(");
        databases.remove("execute");
        assertThat(found(annotations, "\nfunction databases:(\\w+)\\(")).isEqualTo(databases);
    }

    @Test
    void theManualHasThemAll() throws Exception {
        String manual = Files.readString(MANUAL);
        Stream<String> functions = found(Files.readString(ANNOTATIONS), "\nfunction (\\w+[.:]\\w+)\\(").stream()
                .map(name -> name.replace("databases:", "policy.db:").replace("clock", "policy.clock"));

        assertThat(functions).isNotEmpty().allSatisfy(name -> assertThat(manual).contains(name));
    }
}
