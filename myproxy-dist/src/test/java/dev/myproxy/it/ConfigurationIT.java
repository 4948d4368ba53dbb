package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.it.Launch.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command line, {@code --check}, exit codes and working directory, on the daemon as delivered. */
@OwnServers
class ConfigurationIT {

    private static final String LISTEN = """
                                         mysql_listen('@myproxy-check', {on_handshake_response = function(client) return client:err('no') end})
                                         """;

    @TempDir
    private Path directory;

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void aGoodConfigurationIsSaidToBeGood(String engine) throws Exception {
        write("good.lua", LISTEN + "print('seen')");
        String path = directory.resolve("good.lua").toString();

        Outcome outcome = Launch.in(directory).run("--check", "--engine", engine, "--config", path);

        assertThat(outcome).isEqualTo(new Outcome(0, "seen\n" + path + ": no mistake found, 1 listener\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void aMistakeIsNamedWithFileAndLine(String engine) throws Exception {
        write("bad.lua", "local x = 1\nmysql_listen('@x', {on_handshake_respond = print})\n");
        String path = directory.resolve("bad.lua").toString();

        Outcome outcome = Launch.in(directory).run("--check", "--engine", engine, "--config", path);

        assertThat(outcome.status()).isEqualTo(78);
        assertThat(outcome.err()).startsWith(path + ":2: ")
                .contains("\"on_handshake_respond\"; did you mean \"on_handshake_response\"?");
        assertThat(outcome.out()).isEqualTo(path + ": 1 error, 0 listeners\n");
    }

    @Test
    void theDaemonRefusesWhatTheCheckRefuses() throws Exception {
        write("bad.lua", "error('so not')");
        String path = directory.resolve("bad.lua").toString();

        assertThat(Launch.in(directory).run("--config", path))
                .isEqualTo(new Outcome(78, "", path + ":1: so not\n"));
        assertThat(Launch.in(directory).run("--check", "--config", path))
                .isEqualTo(new Outcome(78, path + ": 1 error, 0 listeners\n", path + ":1: so not\n"));
    }

    @Test
    void aConfigurationWithoutListenerIsWrong() throws Exception {
        write("empty.lua", "");

        Outcome outcome = Launch.in(directory).run("--config", "empty.lua");

        assertThat(outcome).isEqualTo(new Outcome(78, "", "No listeners configured\n"));
    }

    @Test
    void anAddressThatCannotBeBoundIsWrong() throws Exception {
        write("bad.lua", LISTEN.replace("@myproxy-check", "/nonexistent/socket"));

        Outcome outcome = Launch.in(directory).run("--config", "bad.lua");

        assertThat(outcome.status()).isEqualTo(78);
        assertThat(outcome.err()).contains("Failed to bind to /nonexistent/socket: No such file or directory");
    }

    @Test
    void aFileThatIsNotThereIsWrong() throws Exception {
        Outcome outcome = Launch.in(directory).run("--config", "none.lua");

        assertThat(outcome.status()).isEqualTo(78);
        assertThat(outcome.err()).isEqualTo("cannot open none.lua: No such file or directory\n");
    }

    @Test
    void aDirectoryThatIsNotThereIsWrong() throws Exception {
        Outcome outcome = Launch.in(directory).run("--config", "none/x.lua");

        assertThat(outcome)
                .isEqualTo(new Outcome(78, "", "Failed to change to none: No such file or directory\n"));
    }

    @Test
    void aWrongCommandLineIsAnsweredWithTheUsage() throws Exception {
        Outcome outcome = Launch.in(directory).run("--confg", "x");

        assertThat(outcome.status()).isEqualTo(64);
        assertThat(outcome.err()).contains("did you mean --config?", "Usage: myproxy");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void anUnknownEngineIsAWrongCommandLine() throws Exception {
        write("good.lua", LISTEN);

        Outcome outcome = Launch.in(directory).run("--config", "good.lua", "--engine", "luajitt");

        assertThat(outcome.status()).isEqualTo(64);
        assertThat(outcome.err()).startsWith("Unknown engine \"luajitt\"; did you mean \"luajit\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void relativeNamesStartAtTheConfiguration(String engine) throws Exception {
        write("sub/accounts.lua", "return 'beside'");
        write("sub/my.lua", LISTEN + "print(dofile('accounts.lua'), io.open('accounts.lua') ~= nil)");

        for (String path : new String[]{"sub/my.lua", "./sub/my.lua", directory.resolve("sub/my.lua").toString()}) {
            Outcome outcome = Launch.in(directory).run("--check", "--engine", engine, "--config", path);
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).startsWith("beside\ttrue\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void aNameWithoutDirectoryStaysInTheCurrentOne(String engine) throws Exception {
        write("accounts.lua", "return 'beside'");
        write("my.lua", LISTEN + "print(dofile('accounts.lua'))");

        assertThat(Launch.in(directory).run("--check", "--engine", engine, "--config", "my.lua").out())
                .startsWith("beside\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void theScriptCanChooseTheExitCode(String engine) throws Exception {
        write("exit.lua", "print('bye') os.exit(7)");

        Outcome outcome = Launch.in(directory).run("--engine", engine, "--config", "exit.lua");

        assertThat(outcome).isEqualTo(new Outcome(7, "bye\n", ""));
    }

    @Test
    void theExampleOfTheReadmeHasNoMistake() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("basedir", "."), "..", "README.md"));
        int begin = readme.indexOf("```lua\n") + "```lua\n".length();
        write("readme.lua", readme.substring(begin, readme.indexOf("```", begin)));

        Outcome outcome = Launch.in(directory).run("--check", "--config", "readme.lua");

        assertThat(outcome).isEqualTo(new Outcome(0, "readme.lua: no mistake found, 1 listener\n", ""));
    }

    @Test
    void theShippedConfigurationsHaveNoMistake() throws Exception {
        assertThat(Launch.in(directory).run("--check", "--config", Launch.HOME.resolve("conf/config.lua").toString())
                .out()).endsWith("no mistake found, 1 listener\n");
        assertThat(Launch.in(directory).with("QUICKSTART_SERVER", "127.0.0.1:3306")
                .with("QUICKSTART_SOCKET", directory.resolve("s").toString()).with("QUICKSTART_PORT", "3307")
                .with("QUICKSTART_PASSWORD", "x")
                .run("--check", "--config", Launch.HOME.resolve("conf/quickstart.lua").toString()).out())
                .endsWith("no mistake found, 2 listeners\n");
    }
}
