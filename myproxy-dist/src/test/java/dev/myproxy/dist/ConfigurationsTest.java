package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What loading a configuration again does to listeners, sessions, scripts and metrics, with a server that is played. */
class ConfigurationsTest {

    @TempDir
    private Path directory;

    private PlayedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new PlayedServer("one");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    /** Connects everybody, and answers every query itself with the name. */
    private String connecting(String name) {
        return """
               local server = mysql_resolve('%s')
               local handler = {}
               function handler.on_handshake_response(client, login)
                   return client:connect(server, {user = 'x', password = 'y'})
               end
               function handler.on_query(client, sql) return client:err('%s') end
               mysql_listen(socket, handler)
               """.formatted(server.address(), name);
    }

    private static String refusing(String socket, String text) {
        return "mysql_listen(at('" + socket + "'), {on_handshake_response = function(client)"
                + " return client:err('" + text + "') end})\n";
    }

    private static void end(RawClient client) throws IOException {
        client.close();
    }

    private static String answer(RawClient client) throws IOException {
        return client.query("SELECT 1").err().message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void newSessionsHaveTheNewHandlersAndOldOnesTheirs(String engine) throws Exception {
        try (ReloadingDaemon daemon = ReloadingDaemon.start(engine, directory, connecting("first"));
                RawClient early = daemon.client()) {
            assertThat(answer(early)).isEqualTo("first");

            assertThat(daemon.change(connecting("second"))).isTrue();

            try (RawClient late = daemon.client()) {
                assertThat(answer(late)).isEqualTo("second");
                assertThat(answer(early)).isEqualTo("first");
                assertThat(daemon.metric("myproxy.config.former")).isEqualTo(1);
                assertThat(daemon.metric("myproxy.config.former.sessions")).isEqualTo(1);
                end(early);
                soon().until(() -> daemon.metric("myproxy.config.former") == 0);
                assertThat(answer(late)).isEqualTo("second");
            }
        }
    }

    @Test
    void listenersStayComeAndGo() throws Exception {
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory,
                refusing("a", "first a") + refusing("b", "first b"));
                RawClient inBacklog = RawClient.connect(daemon.socket("a"))) {
            inBacklog.readGreeting();
            Object before = Files.readAttributes(directory.resolve("a"), "unix:ino");

            assertThat(daemon.change(refusing("a", "second a") + refusing("c", "second c"))).isTrue();

            assertThat(daemon.refusal("a")).isEqualTo("second a");
            assertThat(daemon.refusal("c")).isEqualTo("second c");
            assertThat(Files.readAttributes(directory.resolve("a"), "unix:ino")).isEqualTo(before);
            soon().until(() -> !Files.exists(directory.resolve("b")));
            assertThat(daemon.listeners.count()).isEqualTo(2);
        }
    }

    @Test
    void whatCanNotBeReadChangesNothing() throws Exception {
        Path file = directory.resolve("config.lua");
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, refusing("a", "first a"))) {
            Files.delete(file);
            assertThat(daemon.reload()).isFalse();
            assertThat(daemon.problem()).contains("config.lua").contains("No such file or directory");

            // whoever may read all files can't read this either
            Files.createDirectory(file);
            assertThat(daemon.reload()).isFalse();
            assertThat(daemon.problem()).contains("config.lua").contains("Is a directory");

            assertThat(daemon.refusal("a")).isEqualTo("first a");
            assertThat(daemon.metric("myproxy.config.last.reload.successful")).isZero();
            Files.delete(file);
            assertThat(daemon.change(refusing("a", "second a"))).isTrue();
            assertThat(daemon.refusal("a")).isEqualTo("second a");
        }
    }

    @Test
    void aDirectoryThatIsGoneChangesNothing() throws Exception {
        Path moved = directory.resolveSibling(directory.getFileName() + "-moved");
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, refusing("a", "first a"))) {
            Files.move(directory, moved);
            try {
                assertThat(daemon.reload()).isFalse();
                assertThat(daemon.problem()).contains(directory.toString()).contains("No such file or directory");
            } finally {
                Files.move(moved, directory);
            }

            assertThat(daemon.refusal("a")).isEqualTo("first a");
            assertThat(daemon.change(refusing("a", "second a"))).isTrue();
        }
    }

    @Test
    void whoAsksHearsWhatHasBecomeOfIt() throws Exception {
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory,
                """
                local reloads = 0
                local load = reload
                function reload()
                    reloads = reloads + 1
                    if reloads == 1 then return end
                    if reloads == 2 then error('boom') end
                    load()
                end
                """ + refusing("a", "first a"))) {
            assertThat(daemon.outcome()).isEqualTo(Reloaded.CALLED);
            assertThatThrownBy(daemon::outcome).hasMessageContaining("the script's function reload failed: ")
                    .hasMessageContaining("config.lua:7: boom");
            Files.writeString(directory.resolve("config.lua"),
                    refusing("a", "second a").replace("at('a')", "'" + directory + "/a'"));
            assertThat(daemon.outcome()).isEqualTo(Reloaded.LOADED);
            assertThat(daemon.outcome()).isEqualTo(Reloaded.NOTHING);
            assertThat(daemon.refusal("a")).isEqualTo("second a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "this is no Lua",
            "error('no')",
            "mysql_listen('/nonexistent/dir/x', {on_handshake_response = print})",
            "mysql_listen(at('proxy.sock'), {on_handshake_response = print}, {no_such_option = 1})",
            "metrics.counter('fresh', 'x') os.exit(3)",
            "reload_config()",
            "-- no listener"})
    void whatIsBrokenChangesNothing(String lua) throws Exception {
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, refusing("a", "first a"))) {
            assertThat(daemon.change((lua.startsWith("--") ? "" : refusing("b", "second b") + refusing("a", "second a"))
                    + lua)).isFalse();

            assertThat(daemon.refusal("a")).isEqualTo("first a");
            assertThat(directory.resolve("b")).doesNotExist();
            assertThat(daemon.meters.find("fresh").meters()).isEmpty();
            assertThat(daemon.metric("myproxy.config.last.reload.successful")).isZero();

            assertThat(daemon.change(refusing("a", "third a"))).isTrue();
            assertThat(daemon.refusal("a")).isEqualTo("third a");
            assertThat(daemon.metric("myproxy.config.last.reload.successful")).isEqualTo(1);
        }
    }

    @Test
    void aConfigurationThatTakesTooLongIsGivenUp() throws Exception {
        String endless = "os.execute('until [ -e " + directory + "/go ]; do sleep 0.02; done')\n";
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, refusing("a", "first"),
                Duration.ofMillis(300), FormerScripts.MOST)) {
            assertThat(failure(daemon, endless + refusing("a", "second")))
                    .isEqualTo("the configuration has not ended within 0.3 s");
            assertThat(failure(daemon, refusing("a", "third"))).isEqualTo(
                    "the configuration that was loaded before has not ended, after more than 0.3 s: it still runs");
            assertThat(daemon.refusal("a")).isEqualTo("first");

            Files.createFile(directory.resolve("go"));

            soon().until(() -> daemon.change(refusing("a", "fourth")));
            assertThat(daemon.refusal("a")).isEqualTo("fourth");
            soon().until(() -> daemon.vertx.deploymentIDs().size() == 2);
        }
    }

    @Test
    void thereAreOnlySoManyFormerConfigurations() throws Exception {
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, connecting("1"),
                Duration.ofMinutes(1), 2);
                RawClient first = daemon.client()) {
            assertThat(daemon.change(connecting("2"))).isTrue();
            try (RawClient second = daemon.client()) {
                assertThat(daemon.change(connecting("3"))).isTrue();

                assertThat(failure(daemon, connecting("4"))).startsWith(
                        "2 former configurations are still there, because 2 sessions began with them: end the oldest");

                assertThat(answer(first)).isEqualTo("1");
                assertThat(answer(second)).isEqualTo("2");
            }
            soon().until(() -> daemon.metric("myproxy.config.former") == 1);
            assertThat(daemon.change(connecting("5"))).isTrue();
        }
    }

    /** Why a configuration is not loaded. */
    private static String failure(ReloadingDaemon daemon, String lua) throws Exception {
        assertThat(daemon.change(lua)).isFalse();
        return daemon.problem();
    }

    @Test
    void metricsGoOn() throws Exception {
        String metrics = """
                         local logins = metrics.counter('logins', 'x', {'kind'})
                         local level = metrics.gauge('level', 'x')
                         local time = metrics.histogram('time', 'x')
                         local names = cache:new({name = 'names'})
                         logins:inc(1, {kind = 'a'}) level:inc(5) time:observe(0.5)
                         names:set('a', 1) names:get('a')
                         """;
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, metrics + refusing("a", "1"))) {
            assertThat(daemon.change(metrics + refusing("a", "2"))).isTrue();
            soon().until(() -> daemon.metric("myproxy.config.former") == 0);

            assertThat(daemon.metric("logins")).isEqualTo(2);
            assertThat(daemon.metric("level")).isEqualTo(10);
            assertThat(daemon.meters.scrape()).contains("time_count 2");
            assertThat(daemon.metric("myproxy.lua.cache.hits")).isEqualTo(2);
            assertThat(daemon.metric("myproxy.lua.cache.entries")).isEqualTo(1);
            assertThat(daemon.metric("myproxy.lua.coroutines.waiting")).isZero();

            assertThat(daemon.change(refusing("a", "3"))).isTrue();
            soon().until(() -> daemon.meters.find("logins").meters().isEmpty());
            assertThat(daemon.meters.scrape()).doesNotContain("time_count", "names", "level");
        }
    }

    @Test
    void manyReloadsLeaveNothingBehind() throws Exception {
        try (ReloadingDaemon daemon = ReloadingDaemon.start("luajit", directory, connecting("x"))) {
            for (int i = 0; i < Integer.getInteger("myproxy.reloads", 50); i++) {
                assertThat(daemon.change(connecting("n" + i))).isTrue();
            }
            try (RawClient client = daemon.client()) {
                assertThat(answer(client)).startsWith("n");
            }
            soon().until(() -> daemon.metric("myproxy.config.former") == 0);
            assertThat(daemon.vertx.deploymentIDs()).hasSize(2);
        }
    }
}
