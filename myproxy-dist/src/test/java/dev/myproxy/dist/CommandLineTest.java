package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.dist.Invocation.Check;
import dev.myproxy.dist.Invocation.Misuse;
import dev.myproxy.dist.Invocation.Run;
import dev.myproxy.dist.Invocation.Show;
import dev.myproxy.dist.log.LogFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private static Invocation parse(String... arguments) {
        return new CommandLine().parse(arguments);
    }

    @Test
    void noArgumentRunsTheDefaultConfiguration() {
        assertThat(parse()).isEqualTo(new Run("/etc/cm4all/myproxy/config.lua", Optional.empty(), LogFormat.TEXT));
    }

    @Test
    void pathMayFollowABlankOrAnEqualsSign() {
        assertThat(parse("--config", "a/b.lua")).isEqualTo(new Run("a/b.lua", Optional.empty(), LogFormat.TEXT));
        assertThat(parse("--config=a/b.lua")).isEqualTo(new Run("a/b.lua", Optional.empty(), LogFormat.TEXT));
    }

    @Test
    void engineAndCheckCombine() {
        assertThat(parse("--check", "--engine", "luaj", "--config", "x"))
                .isEqualTo(new Check("x", Optional.of("luaj"), false));
        assertThat(parse("--check", "--strict", "--config", "x")).isEqualTo(new Check("x", Optional.empty(), true));
        assertThat(parse("--strict")).isInstanceOfSatisfying(Misuse.class,
                misuse -> assertThat(misuse.text()).startsWith("--strict goes with --check\n"));
    }

    @ParameterizedTest
    @CsvSource({"text, TEXT", "json, JSON", "journal, JOURNAL"})
    void theLogHasAFormat(String name, LogFormat format) {
        assertThat(parse("--log=" + name, "--config", "x")).isEqualTo(new Run("x", Optional.empty(), format));
        assertThat(parse("--log", name)).isInstanceOf(Run.class);
    }

    @ParameterizedTest
    @CsvSource({"--log=xml, There is no log format \"xml\"", "--log=JSON, no log format",
            "--log=, no log format", "--log=json --check, --log does not go with --check",
            "--log=json status, --log does not go with \"status\"",
            "--log=json test x, --log does not go with \"test\""})
    void aLogThatIsNotIsAMistake(String arguments, String text) {
        assertThat(parse(arguments.split(" "))).isInstanceOfSatisfying(Misuse.class,
                misuse -> assertThat(misuse.text()).contains(text));
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(parse("--help")).isInstanceOfSatisfying(Show.class, show -> assertThat(show.text())
                .contains("--config", "--check", "--engine", "--log", "--help", "--version", "64", "78"));
    }

    @Test
    void versionSaysWhatItIs() {
        assertThat(parse("--version")).isInstanceOfSatisfying(Show.class,
                show -> assertThat(show.text()).startsWith("myproxy ").contains("Java"));
    }

    @ParameterizedTest
    @CsvSource({"--confg, did you mean --config?", "--chek, did you mean --check?", "-x, Unknown argument \"-x\"",
            "config.lua, Unknown argument \"config.lua\"", "--config, --config", "--engine, --engine",
            "--config=, empty"})
    void mistakesAreNamedAndFollowedByTheUsage(String argument, String text) {
        assertThat(parse(argument)).isInstanceOfSatisfying(Misuse.class,
                misuse -> assertThat(misuse.text()).contains(text).contains("\nUsage: myproxy [--config=PATH]"));
    }

    @Test
    void unknownOptionWithAValueIsShownWithoutIt() {
        assertThat(parse("--confg=/x")).isInstanceOfSatisfying(Misuse.class,
                misuse -> assertThat(misuse.text()).startsWith("Unknown argument \"--confg\"; did you mean --config?"));
    }

    @Test
    void oneConfigurationOnly() {
        assertThat(parse("--config", "a", "--config", "b")).isInstanceOf(Misuse.class);
    }

    @Test
    void testTakesFilesAndOptions() {
        assertThat(parse("test", "a_test.lua", "--engine", "luaj", "--junit=out.xml", "dir", "--filter", "x"))
                .isEqualTo(new Invocation.Test(List.of("a_test.lua", "dir"), Optional.of("luaj"),
                        Optional.of("out.xml"), Optional.of("x")));
        assertThat(parse("--engine", "luaj", "test", "a")).isEqualTo(
                new Invocation.Test(List.of("a"), Optional.of("luaj"), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"test, FILE", "test --chek x, Unknown argument \"--chek\"", "test --filtr=x y, did you mean --filter?",
            "--check test x, do not go with", "--config y test x, do not go with"})
    void mistakesOfTestAreNamed(String arguments, String text) {
        assertThat(parse(arguments.split(" "))).isInstanceOfSatisfying(Misuse.class,
                misuse -> assertThat(misuse.text()).contains(text).contains("\nUsage: myproxy "));
    }

    @Test
    void testHasHelpOfItsOwn() {
        assertThat(parse("test", "--help")).isInstanceOfSatisfying(Show.class,
                show -> assertThat(show.text()).contains("myproxy test", "--filter", "--junit", "78"));
        assertThat(parse("--help")).isInstanceOfSatisfying(Show.class,
                show -> assertThat(show.text()).contains("test "));
    }
}
