package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.testing.CaseResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies that are shipped pass their tests, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class RecipesTest {

    private static final Path CONFIGURATIONS = Path.of("../conf");
    private static final Path RECIPES = CONFIGURATIONS.resolve("recipes");
    private static final String TEST = "_test.lua";

    private final LuaScriptEngine engine;

    RecipesTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(RECIPES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".lua")).sorted()
                    .toList();
        }
    }

    static List<String> tests() throws IOException {
        return files().stream().filter(name -> name.endsWith(TEST)).toList();
    }

    static List<String> recipes() throws IOException {
        return files().stream().filter(name -> !name.endsWith(TEST)).toList();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void hasATestAHeaderAndAPlaceInTheList(String recipe) throws IOException {
        assertThat(tests()).contains(recipe.replace(".lua", TEST));
        assertThat(Files.readString(RECIPES.resolve(recipe))).startsWith("-- ")
                .contains("\n-- When to use it: ", "\n-- Adapt: ", "\n-- Needs: ");
        assertThat(Files.readString(RECIPES.resolve("README.md"))).contains("(" + recipe + ")");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void passes(String test) {
        passes(RECIPES.resolve(test));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config_test.lua", "quickstart_test.lua"})
    void examplesPassToo(String test) {
        passes(CONFIGURATIONS.resolve(test));
    }

    private void passes(Path test) {
        FileResult result = new PolicyTests(engine, TestSettings.DEFAULT)
                .run(List.of(test), new ConsoleReport(_ -> {})).files().getFirst();

        assertThat(result.error()).isEmpty();
        assertThat(result.cases()).isNotEmpty()
                .allSatisfy(one -> assertThat(one.outcome()).as(one.name()).isEqualTo(new Outcome.Passed()));
    }

    @Test
    void thereAreRecipes() throws IOException {
        assertThat(recipes()).hasSizeGreaterThanOrEqualTo(12);
    }
}
