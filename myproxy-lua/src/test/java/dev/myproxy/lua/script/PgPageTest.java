package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.pg.PostgresServer;
import dev.myproxy.script.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples on the manual's page about PostgreSQL, with a database such as they speak of. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class PgPageTest {

    private static final Path PAGE = Path.of("../docs/lua/pg.md");

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;
    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEW);

    PgPageTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    static List<String> examples() throws Exception {
        return blocks("lua");
    }

    private static List<String> blocks(String language) throws Exception {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE))
                .results().map(example -> example.group(1)).toList();
    }

    @BeforeEach
    void makeTables() throws Exception {
        server.execute("""
                       DROP TABLE IF EXISTS accounts;
                       DROP TABLE IF EXISTS servers;
                       CREATE TABLE servers (name text, address text);
                       INSERT INTO servers VALUES ('one', '127.0.0.1');
                       CREATE TABLE accounts (name text PRIMARY KEY, server text, password text);
                       INSERT INTO accounts VALUES ('joe', '127.0.0.2', 'secret');
                       DROP FUNCTION IF EXISTS tell_accounts;
                       """);
        for (String sql : blocks("sql PgPageTest")) {
            server.execute(sql);
        }
    }

    private RunningScript load(String example) throws Exception {
        String conninfo = Matcher.quoteReplacement("pg:new('" + server.conninfo() + "')");
        return RunningScript.load(engine,
                RunningScript.write(directory, example.replaceFirst("pg:new\\('[^']*'\\)", conninfo)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void works(String example) throws Exception {
        try (RunningScript script = load(example)) {
            assertThat(script.login(script.tcpClient(), "joe", "secret")).isInstanceOf(Decision.Connect.class);
            assertThat(script.login(script.tcpClient(), "jim", "secret")).isInstanceOf(Decision.Refuse.class);
        }
    }

    @Test
    void notificationsInvalidate() throws Exception {
        try (RunningScript script = load(examples().getLast())) {
            script.login(script.tcpClient(), "joe", "secret");
            script.login(script.tcpClient(), "jim", "secret");

            server.execute("DELETE FROM accounts");
            await().until(
                    () -> script.login(script.tcpClient(), "joe", "secret") instanceof Decision.Refuse);

            server.execute("INSERT INTO accounts VALUES ('jim', '127.0.0.2', 'secret')");
            await().until(
                    () -> script.login(script.tcpClient(), "jim", "secret") instanceof Decision.Connect);
        }
    }
}
