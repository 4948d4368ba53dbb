package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of configurations with mistakes, on each engine. */
@ParameterizedClass
@ValueSource(strings = {"luajit", "luaj"})
class CheckTest {

    private static final String LISTEN = """
                                         mysql_listen('@myproxy-check', {on_handshake_response = function(client)
                                             return client:err('no')
                                         end})
                                         """;

    @TempDir
    Path directory;

    private final String engine;
    private final Path before = Path.of("").toAbsolutePath();
    private final List<String> lines = new ArrayList<>();

    CheckTest(String engine) {
        this.engine = engine;
    }

    @BeforeEach
    void resolveLinks() throws IOException {
        directory = directory.toRealPath();
    }

    @AfterEach
    void restore() throws IOException {
        new WorkingDirectory().change(before.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private ExitCode check(boolean strict) throws FatalException {
        return new Check(Engines.installed(), lines::add)
                .run(new Invocation.Check(directory + "/config.lua", Optional.of(engine), strict));
    }

    private List<String> check(String source, ExitCode expected) throws Exception {
        write("config.lua", source);
        assertThat(check(false)).isEqualTo(expected);
        return lines.stream().map(line -> line.replace(directory + "/", "")).toList();
    }

    @Test
    void aGoodConfigurationIsGood() throws Exception {
        assertThat(check(LISTEN, ExitCode.OK)).isEmpty();
        assertThat(check(true)).isEqualTo(ExitCode.OK);
    }

    @Test
    void mistakesThatStopItAndMistakesThatWouldComeLaterAreTold() throws Exception {
        assertThat(check("""
                         mysql_listen('@x', {on_handshake_response = function(client)
                             client:err('no')
                             return client:connect('/x', {usr = client.acount})
                         end})
                         error('stop')
                         print(never)
                         """, ExitCode.CONFIG)).containsExactly(
                "config.lua:2: what client:err(…) gives is not returned, so that nothing happens",
                "config.lua:3: client:connect knows no key \"usr\"; did you mean \"user\"?",
                "config.lua:3: myproxy.client has no attribute or method \"acount\"; did you mean \"account\"?",
                "config.lua:5: stop", "config.lua:6: warning: nothing sets the global \"never\"");
    }

    @Test
    void aMisspeltFunctionIsToldOnce() throws Exception {
        assertThat(check("mysql_liten('@x', {})", ExitCode.CONFIG)).containsExactly(
                "config.lua:1: nothing sets the global \"mysql_liten\"; did you mean \"mysql_listen\"?");
    }

    @Test
    void aSyntaxErrorIsToldAsTheEngineDoes() throws Exception {
        assertThat(check("x = = 1", ExitCode.CONFIG)).anySatisfy(line -> assertThat(line).startsWith("config.lua:1: "));
    }

    @Test
    void loadedFilesAreInspectedToo() throws Exception {
        write("accounts.lua", "print(shared)\nreturn {joe = jsn.parse('1')}");
        write("helper.lua", "local M = {}\nfunction M.x() return undefined_thing() end\nreturn M");
        write("more.lua", "shared = 1 string.splt()");

        assertThat(check(LISTEN + """
                                  pcall(dofile, 'accounts.lua')
                                  require('helper')
                                  loadfile('more.lua')
                                  """, ExitCode.CONFIG)).containsExactly(
                "./helper.lua:2: nothing sets the global \"undefined_thing\"",
                "accounts.lua:2: nothing sets the global \"jsn\"; did you mean \"json\"?",
                "more.lua:1: string has no function \"splt\"");
    }

    @Test
    void globalsThatNoSourceShowsAreKnown() throws Exception {
        assertThat(check("rawset(_G, 'made', print) loadstring('also_made = print')()\n" + LISTEN
                + "made('x') also_made('x')", ExitCode.OK)).isEmpty();
    }

    @Test
    void warningsAreErrorsOnlyWhereThatIsWanted() throws Exception {
        assertThat(check(LISTEN + "print(nothing_sets_this)", ExitCode.OK))
                .containsExactly("config.lua:4: warning: nothing sets the global \"nothing_sets_this\"");
        assertThat(check(true)).isEqualTo(ExitCode.CONFIG);
    }

    @Test
    void nothingWaitsAndNoNameServerIsAsked() throws Exception {
        assertThat(check(LISTEN + """
                                  local begin = clock.monotonic()
                                  sleep(3600)
                                  assert(clock.monotonic() - begin >= 3600)
                                  local one, other = mysql_resolve('db.invalid:3307'), mysql_resolve('db2.invalid')
                                  assert(one ~= other and one == mysql_resolve('db.invalid:3307'))
                                  assert(tostring(mysql_resolve('localhost')):find(':3306$'))
                                  assert(not pcall(mysql_resolve, 'not_a_name'))
                                  """, ExitCode.OK)).isEmpty();
    }

    @Test
    void databasesAreEmptyButConnectionStringsAreRead() throws Exception {
        assertThat(check(LISTEN + """
                                  local db = pg:new('host=db.invalid')
                                  local result = assert(db:execute('SELECT 1'))
                                  assert(result:fetch() == nil)
                                  db:listen('changed', function() error('never') end)
                                  local control = assert(control_client:new('/nonexistent'))
                                  assert(control:send(control:build():disconnect_database('joe')))
                                  assert(select(2, socket:connect('/nonexistent')) == 'not connected: this is a check')
                                  pg:new('hots=db.invalid')
                                  """, ExitCode.CONFIG)).singleElement().asString().startsWith("config.lua:11: ")
                .contains("hots");
    }

    @Test
    void theShippedPoliciesHaveNoMistake() throws Exception {
        try (Stream<Path> all = Files.list(before.resolve("../conf/recipes").normalize())) {
            for (Path recipe : all.filter(file -> file.toString().matches(".*(?<!_test)\\.lua")).toList()) {
                lines.clear();
                new Check(Engines.installed(), lines::add)
                        .run(new Invocation.Check(recipe.toString(), Optional.of(engine), true));
                // some refuse to run without their keys
                lines.removeIf(line -> line.matches(".*: (MYPROXY_\\w+ must be |.*/etc/.*: No such file).*"));
                assertThat(lines).as(recipe.toString()).isEmpty();
            }
        }
    }

    @Test
    void theNodesOfClustersAreLeftAlone() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();

            assertThat(check("""
                             local cluster = mysql_cluster({'127.0.0.1:%d'}, {monitoring = true, interval = 0.1})
                             sleep(60)
                             assert(cluster:state('127.0.0.1:%d') == 'unknown')
                             """.formatted(port, port) + LISTEN, ExitCode.OK)).isEmpty();

            assertThat(server.accept()).isNull();
        }
    }

    @Test
    void waitingForWhatNeverComesIsAMistake() throws Exception {
        assertThat(check(LISTEN + "while not _G['found'] do\n sleep(1) end", ExitCode.CONFIG)).singleElement()
                .asString()
                .startsWith("config.lua:5: waits for ever");
    }

    @Test
    void nothingListensIsAMistake() throws Exception {
        assertThat(check("print(1)", ExitCode.CONFIG)).containsExactly("No listeners configured");
    }

    @Test
    void whatTheParserCannotReadIsRunNevertheless() throws Exception {
        if (engine.equals("luajit")) {
            assertThat(check(LISTEN + "print(1LL)", ExitCode.OK)).singleElement().asString()
                    .startsWith("config.lua: warning: not inspected, only run");
        } else {
            assertThat(check(LISTEN + "print(1LL)", ExitCode.CONFIG)).isNotEmpty();
        }
    }
}
