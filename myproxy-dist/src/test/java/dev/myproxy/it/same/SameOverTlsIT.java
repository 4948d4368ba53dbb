package dev.myproxy.it.same;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.it.EmbeddedMariaDb;
import dev.myproxy.it.MariaDbFiles;
import dev.myproxy.it.ProxyProcess;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each script by TLS directly, and through the daemon with TLS on either side or on both: every packet is the same.
 * With {@code -Dmyproxy.long=true} those that take long are played too, in all ways.
 * {@code -Dmyproxy.tls.sequences=N} plays N generated sequences of commands in the place of 100, from the seed
 * {@code -Dmyproxy.seed=SEED} on.
 */
class SameOverTlsIT {

    /** Where there is TLS. */
    private enum Place {
        /** With the client and the server. */
        BOTH,
        /** With the client alone. */
        FRONT,
        /** With the server alone. */
        BACK,
        /** With both, and a script looks at everything. */
        HANDLED
    }

    /** A place, and how the client sends. */
    private record Course(Place place, Delivery delivery) {}

    private static final List<Course> COURSES = List.of(new Course(Place.BOTH, Delivery.AS_SENT),
            new Course(Place.BOTH, Delivery.COALESCED), new Course(Place.FRONT, Delivery.AS_SENT),
            new Course(Place.BACK, Delivery.COALESCED), new Course(Place.HANDLED, Delivery.COALESCED));

    private static final long SEQUENCES = Long.getLong("myproxy.tls.sequences", 100);
    private static final boolean LONG = Boolean.getBoolean("myproxy.long");
    private static final long SEED = Long.getLong("myproxy.seed", 1);

    private static EmbeddedMariaDb db;
    private static Server server;
    private static Path directory;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        db = EmbeddedMariaDb.start("--ssl");
        db.execute("CREATE USER IF NOT EXISTS root@'127.0.0.1'",
                "GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION");
        server = Server.of(Server.Kind.MARIADB, db);
        directory = Files.createTempDirectory("myproxy-same-");
        proxy = ProxyProcess.startWatchingBuffers(directory,
                """
                local function listen(name, tls, looks)
                  local handlers = {on_handshake_response = function(client, login)
                    client.account = login.user
                    return client:connect('%s', login, {tls = tls})
                  end}
                  if looks then
                    function handlers.on_query(client, sql) sleep(0) end
                    function handlers.on_init_db(client, database) return client:init_db(database) end
                  end
                  mysql_listen('%s/' .. name, handlers, {max_query_bytes = 2 ^ 26})
                end
                listen('both', {verify = 'none'})
                listen('front')
                listen('back', {verify = 'none'})
                listen('handled', {verify = 'none'}, true)
                """.formatted(db.tcp(), directory));
        for (Place place : Place.values()) {
            try (RawClient client = RawClient.connect(side(place).address())) {
                client.login(Login.clear("root", ""));
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        try (EmbeddedMariaDb _ = db; ProxyProcess stopped = proxy) {
            List<String> leaks = stopped.log().stream()
                    .filter(line -> line.contains("LEAK") || line.contains("Exception"))
                    .toList();
            if (!leaks.isEmpty()) {
                throw new AssertionError(leaks);
            }
        } finally {
            MariaDbFiles.delete(directory);
        }
    }

    private static Side side(Place place) {
        Side side = Side.proxied(Endpoints.unix(directory.resolve(place.name().toLowerCase(Locale.ROOT))),
                Server.Kind.MARIADB);
        return place == Place.BACK ? side : side.encrypted();
    }

    static Collection<Script> scripts() throws IOException {
        return Scripts.all();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyPacketIsTheSame(Script script) throws IOException {
        assumeTrue(script.servers().contains(Server.Kind.MARIADB), "the script is not for this server");
        assumeTrue(LONG || !(script.once() || script.name().equals("charsets")), "the script takes long");
        for (FlagSet flags : LONG && !script.once()
                ? EnumSet.of(FlagSet.MODERN, FlagSet.MARIADB)
                : EnumSet.of(FlagSet.MODERN)) {
            Played direct = Player.record(script, Side.directByTls(server), flags);
            for (Course course : courses(script)) {
                compare(script, flags, course, direct);
            }
        }
    }

    private static List<Course> courses(Script script) {
        if (!LONG || script.once()) {
            return List.of(new Course(Place.BOTH, script.once() ? Delivery.AS_SENT : Delivery.COALESCED));
        }
        return COURSES.stream().filter(course -> !script.unhandled() || course.place() != Place.HANDLED).toList();
    }

    private static void compare(Script script, FlagSet flags, Course course, Played direct) throws IOException {
        try {
            Player.compare(script, side(course.place()), flags, course.delivery(), direct, Player.PATIENCE);
        } catch (Difference | RuntimeException e) {
            throw new AssertionError(script + " with " + flags + ", " + course, e);
        }
    }

    @Test
    void generatedScriptsToo() throws IOException {
        Set<FlagSet> all = EnumSet.noneOf(FlagSet.class);
        for (FlagSet flags : FlagSet.values()) {
            if (flags.suits(Server.Kind.MARIADB)) {
                all.add(flags);
            }
        }
        List<FlagSet> suitable = List.copyOf(all);
        long end = SEED + Math.max(1, SEQUENCES / Generator.SEQUENCES);
        for (long seed = SEED; seed < end; seed++) {
            Random random = new Random(~seed);
            FlagSet flags = suitable.get(random.nextInt(suitable.size()));
            Script script = ScriptReader.read("seed " + seed, new Generator(seed).script());
            Played direct = Player.record(script, Side.directByTls(server), flags);
            compare(script, flags, COURSES.get(random.nextInt(COURSES.size())), direct);
        }
    }
}
