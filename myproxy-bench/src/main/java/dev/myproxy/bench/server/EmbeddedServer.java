package dev.myproxy.bench.server;

import dev.myproxy.address.Address;
import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.LoadException;
import dev.myproxy.bench.load.SqlSession;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A MariaDB for the time of the program, in a directory of its own. */
public final class EmbeddedServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STATEMENT = Duration.ofSeconds(30);
    private static final String USER = "bench";
    private static final String DATABASE = "bench";

    private final Path directory;
    private final Process process;
    private final int port;
    private final String password = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private EmbeddedServer(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param unpacked  where the server is, or is to be unpacked to
     * @param directory for its data, made by this, and left behind
     * @param sessions  how many it must bear at a time
     * @param generator to prepare it with
     */
    public static EmbeddedServer start(Path unpacked, Path directory, int sessions, Generator generator)
            throws IOException, InterruptedException {
        ServerFiles files = new ServerFiles(unpacked.toAbsolutePath().normalize());
        files.prepare();
        Files.createDirectory(directory);
        files.copyTemplate(directory.resolve("data"));
        int port = Ports.free();
        Path home = files.home();
        Process process = new ProcessBuilder(List.of(home.resolve("bin/mariadbd").toString(), "--no-defaults",
                "--basedir=" + home, "--datadir=" + directory.resolve("data"),
                "--lc-messages-dir=" + home.resolve("share"), "--socket=" + directory.resolve("s"),
                "--pid-file=" + directory.resolve("pid"), "--tmpdir=" + directory, "--port=" + port,
                "--bind-address=127.0.0.1", "--skip-name-resolve", "--performance-schema=off",
                "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=64M", "--innodb-undo-tablespaces=0",
                "--innodb-flush-log-at-trx-commit=0", "--key-buffer-size=1M", "--aria-pagecache-buffer-size=1M",
                "--max-allowed-packet=128M", "--local-infile=1", "--back-log=2000", "--thread-cache-size=600",
                "--table-open-cache=2000", "--max-connections=" + sessions,
                "--user=" + System.getProperty("user.name"))).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile()).start();
        EmbeddedServer server = new EmbeddedServer(directory, process, port);
        try {
            server.prepare(generator);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void prepare(Generator generator) throws IOException, InterruptedException {
        Endpoint root = new Endpoint(socket(), Endpoint.account("root", "", ""));
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (SqlSession session = generator.open(root)) {
                session.execute(STATEMENT, "CREATE DATABASE " + DATABASE,
                        "CREATE USER " + USER + " IDENTIFIED VIA mysql_native_password USING PASSWORD('" + password
                                + "')",
                        "GRANT ALL ON " + DATABASE + ".* TO " + USER);
                return;
            } catch (LoadException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("MariaDB does not start: " + Files.readString(directory.resolve("log")), e);
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    private Address socket() {
        return new Address.UnixPath(directory.resolve("s").toString());
    }

    /**
     * The server as benchmarks see it.
     *
     * @param tcp whether proxies connect to it over TCP, instead of its Unix socket
     */
    public Server server(boolean tcp) {
        Address direct = Address.inet(InetAddress.getLoopbackAddress(), port);
        return new Server(new Endpoint(direct, Endpoint.account(USER, password, DATABASE)), tcp ? direct : socket(),
                OptionalLong.of(process.pid()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
