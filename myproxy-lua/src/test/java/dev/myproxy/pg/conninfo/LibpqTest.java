package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we read out of connection strings is what libpq does, as psql shows. */
class LibpqTest {

    private static final Path PSQL = Path.of("/usr/bin/psql");

    @TempDir
    Path home;

    @BeforeAll
    static void psqlIsThere() {
        assumeTrue(Files.isExecutable(PSQL), PSQL + " is missing: our reading of connection strings is not compared "
                + "with libpq; install postgresql-client");
    }

    /** Runs psql, which fails, and returns what it says on stderr. */
    private String psql(String text, Map<String, String> variables) throws Exception {
        Path output = Files.createTempFile(home, "psql", ".err");
        List<String> command = new ArrayList<>(List.of(PSQL.toString(), "-X", "-w", "-c", "select 1", text));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(output.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().putAll(variables);
        builder.environment().putAll(Map.of("HOME", home.toString(), "LANG", "C"));
        Process psql = builder.start();
        psql.getOutputStream().close();
        if (!psql.waitFor(60, TimeUnit.SECONDS)) {
            psql.destroyForcibly();
            throw new AssertionError("psql takes too long: " + text);
        }
        assertThat(psql.exitValue()).as(text).isNotZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private ConnectionSettings ours(String text, Map<String, String> variables) throws ConninfoException {
        Surroundings process = Surroundings.ofProcess();
        return Conninfo.read(text, new Surroundings(variables, process.user(), home, process.socketDirectories(),
                List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "host=127.0.0.1 port=PORT user=joe dbname=shop password=geheim application_name=app",
            "host = 127.0.0.1  port= PORT user ='joe doe'dbname='a\\'b' password=a\\ b\\\\c application_name=''",
            "hostaddr=127.0.0.1 port=' PORT ' user=joe\\ application_name=a=b",
            "hostaddr=127.0.0.1 host=db.invalid port=PORT user=joe dbname='' password=''",
            "host=127.0.0.1 port=PORT user=ann user=joe options='-c geqo=off' application_name=x",
            "host=127.0.0.1 port=PORT user=joe application_name=  requiressl=0",
            "postgresql://joe:ge%40heim@127.0.0.1:PORT/sh%20op?application_name=a+b",
            "postgres://joe:a:b@127.0.0.1:PORT?options=-c%20geqo%3Doff&application_name=x",
            "postgresql://:PORT/shop?host=127.0.0.1&user=joe@home&application_name=x",
            "postgresql://joe@127.0.0.1:PORT/a/b@c?application_name=%C3%BC",
            "postgresql://joe@db.invalid:PORT/?hostaddr=127.0.0.1&password=p%25w&application_name=x",
            "service=shop", "service=shop user=ann", "postgresql:///?service=shop",
            "host=127.0.0.1 port=PORT dbname=fromfile user=a:b application_name=x",
            "host=127.0.0.1 port=PORT dbname=other user=back\\\\slash application_name=x",
            "host=127.0.0.1 port=PORT dbname=other user=none application_name=x"})
    void serversAreToldTheSame(String text) throws Exception {
        try (StartupRecorder server = new StartupRecorder()) {
            String port = Integer.toString(server.port());
            Here here = new Here(home);
            here.file(".pg_service.conf", "[shop]", "  host=127.0.0.1", "port=" + port, "user=joe", "dbname= blank",
                    "application_name='a'", "password=a=b ");
            here.file(".pgpass", "127.0.0.1:" + port + ":fromfile:a\\:b:ge\\:heim:x", "#*:*:*:none:x",
                    "*:*:*:back\\\\slash:a\\\\b\\c", "db.invalid:*:*:*:byname");
            String given = text.replace("PORT", port);
            Map<String, String> variables = Map.of("PGTZ", "UTC", "PGDATESTYLE", "Default", "PGGEQO", "on");

            String said = psql(given, variables);

            Map<String, String> told = server.next();
            ConnectionSettings settings = ours(given, variables);
            Map<String, String> expected = new TreeMap<>(settings.parameters());
            expected.put("user", settings.user());
            expected.put("database", settings.database());
            expected.put("password", Here.password(settings));
            // Each program has a name of its own if the user gives none.
            expected.replace("application_name", "myproxy", "psql");
            assertThat(told).as(said).isEqualTo(expected);
            assertThat(Here.places(settings)).containsExactly("127.0.0.1:" + port);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  host=/nowhere               | on socket "/nowhere/.s.PGSQL.5432"
                                                                  host=/nowhere port=7        | on socket "/nowhere/.s.PGSQL.7"
                                                                  host=/a,/b port=7           | on socket "/a/.s.PGSQL.7" on socket "/b/.s.PGSQL.7"
                                                                  host=/a,/b port=,8          | on socket "/a/.s.PGSQL.5432" on socket "/b/.s.PGSQL.8"
                                                                  postgresql://%2Fa:7,%2Fb/x  | on socket "/a/.s.PGSQL.7" on socket "/b/.s.PGSQL.5432"
                                                                  postgresql:///x?host=/a     | on socket "/a/.s.PGSQL.5432"
                                                                  host=127.0.0.1 port=1       | at "127.0.0.1", port 1
                                                                  postgresql://[::1]:1,%2Fa   | at "::1", port 1 on socket "/a/.s.PGSQL.5432"
                                                                  hostaddr=127.0.0.1 port=1   | at "127.0.0.1", port 1
                                                                  """)
    void theSameHostsAreTried(String text, String places) throws Exception {
        String said = psql(text, Map.of());

        StringBuilder tried = new StringBuilder();
        for (String line : said.lines().filter(l -> l.contains("connection to server ")).toList()) {
            tried.append(line.replaceFirst(".*connection to server ", "").replaceFirst(" failed: .*", "")).append(' ');
        }
        assertThat(tried.toString().strip()).as(said).isEqualTo(places);
        StringBuilder ours = new StringBuilder();
        for (HostSettings host : ours(text, Map.of()).hosts()) {
            ours.append(switch (host.endpoint()) {
                case HostEndpoint.Unix unix -> "on socket \"" + unix.path() + "\" ";
                case HostEndpoint.Tcp tcp -> "at \"" + tcp.host() + "\", port " + tcp.port() + " ";
            });
        }
        assertThat(ours.toString().strip()).isEqualTo(places);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user joe=x", "host=/a user", "host=/a user='joe", "host=/a 'user=joe", "=joe",
            "foo=bar", "HOST=a", "host=/a = b", "postgresql://[::1", "postgresql://[]", "postgresql://[::1]x",
            "postgresql://db?foo", "postgresql://db?a=b=c", "postgresql://db?foo=1", "postgresql://db?ssl=1",
            "postgresql://%zz", "postgresql://db/a%2", "postgresql://db/a%00b", "postgresql://joe:geheim@%2",
            "host=/a,/b hostaddr=127.0.0.1", "host=/a hostaddr=127.0.0.1,::1", "host=/a,/b port=1,2,3", "port=1,2",
            "host=/a port=x", "host=/a port=5432x", "host=/a port=0", "host=/a port=65536", "host=/a port=99999999999",
            "host=127.0.0.1 port=1 sslmode=on",
            "host=/a sslmode=''", "host=/a target_session_attrs=write", "host=/a target_session_attrs=''",
            "host=/a ssl_min_protocol_version=SSLv3", "host=/a channel_binding=x", "host=/a gssencmode=x",
            "host=/a ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2", "host=/a service=nowhere",
            "hostaddr=db port=1"})
    void mistakesAreSaidInTheSameWords(String text) throws Exception {
        String theirs = psql(text, Map.of()).strip().replaceFirst("^psql: error: ", "")
                .replaceFirst("^connection to server .* failed: ", "").replaceFirst(" to host name: ", ": ");

        String said = "";
        try {
            ours(text, Map.of());
        } catch (ConninfoException e) {
            said = String.valueOf(e.getMessage());
        }

        // Ours go on, with what would be right.
        assertThat(said.replaceFirst("(; did you mean .*| \\(can be .*)$", "")).isEqualTo(theirs);
    }
}
