package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB server of a test's own, or {@link #shared()} one for all tests of a JVM.
 *
 * <p>It listens at a Unix socket and at a TCP port of the loopback interface, has an account {@code root} without a
 * password, and forgets everything when it is closed. It never waits for the disk: its data outlives its own process, as
 * tests need it, but not the machine. Plugins: mysql_native_password and unix_socket.
 */
public final class EmbeddedMariaDb implements TestedServer, Closeable {

    private static final class Shared {
        static final EmbeddedMariaDb INSTANCE = untilExit(EmbeddedMariaDb::start);
    }

    private static final class SharedNewer {
        static final EmbeddedMariaDb INSTANCE = untilExit(() -> startProgram(NewerMariaDb.server(),
                MariaDbFiles.newDataDirectory(), "--plugin-load-add=auth_ed25519", "--plugin-load-add=auth_parsec"));
    }

    /** Starts a server. */
    @FunctionalInterface
    private interface Start {
        EmbeddedMariaDb run() throws IOException, InterruptedException;
    }

    private final Path data;
    private final Path directory;
    private final int port;
    private final List<String> program;
    private final List<String> options;
    private OsProcess process;

    private EmbeddedMariaDb(List<String> program, Path data, Path directory, int port, List<String> options)
            throws IOException {
        this.program = program;
        this.data = data;
        this.directory = directory;
        this.port = port;
        this.options = options;
        process = launch();
    }

    /** The server that tests share; it ends with the JVM. Tests must not stop it or change its settings for good. */
    public static EmbeddedMariaDb shared() {
        return Shared.INSTANCE;
    }

    /**
     * As {@link #shared()} with a newer server, which has accounts with ed25519 and parsec. Where the machine has none, whoever
     * asks for it is skipped, so tests ask in {@code @BeforeAll} or later.
     */
    public static EmbeddedMariaDb sharedNewer() {
        NewerMariaDb.require();
        return SharedNewer.INSTANCE;
    }

    private static EmbeddedMariaDb untilExit(Start start) {
        try {
            EmbeddedMariaDb db = start.run();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    db.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return db;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param options further options of mariadbd
     */
    public static EmbeddedMariaDb start(String... options) throws IOException, InterruptedException {
        return start(List.of(), options);
    }

    /** As {@link #start(String...)} by a command that becomes the server, such as one that enters a network namespace. */
    static EmbeddedMariaDb start(List<String> launcher, String... options) throws IOException, InterruptedException {
        Path data = MariaDbFiles.newDataDirectory();
        Path home = data.resolveSibling("home");
        List<String> program = new ArrayList<>(launcher);
        program.addAll(List.of(home.resolve("bin/mariadbd").toString(), "--no-defaults", "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share")));
        return startProgram(program, data, options);
    }

    private static EmbeddedMariaDb startProgram(List<String> program, Path data, String... options)
            throws IOException, InterruptedException {
        // The path of a Unix socket must be short, that of target/ need not be.
        EmbeddedMariaDb db = new EmbeddedMariaDb(program, data,
                Files.createTempDirectory("myproxy-db-"), Endpoints.freePort(), List.of(options));
        db.awaitReady();
        return db;
    }

    private OsProcess launch() throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--datadir=" + data, "--socket=" + directory.resolve("s"), "--port=" + port,
                "--bind-address=127.0.0.1",
                "--pid-file=" + directory.resolve("pid"), "--tmpdir=" + directory, "--skip-ssl",
                "--skip-name-resolve", "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M",
                "--innodb-undo-tablespaces=0", "--key-buffer-size=1M", "--aria-pagecache-buffer-size=1M",
                "--max-allowed-packet=128M", "--max-connections=3000", "--local-infile=1", "--back-log=2000",
                "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--debug-no-sync",
                "--user=" + System.getProperty("user.name")));
        command.addAll(options);
        return new OsProcess(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile())).start());
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (RawClient probe = RawClient.connect(socket())) {
                probe.readGreeting();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("MariaDB does not start: "
                            + String.join("\n", MariaDbFiles.tail(data.resolve("server.log"))), e);
                }
                Thread.sleep(20);
            }
        }
    }

    @Override
    public Address socket() {
        return Endpoints.unix(directory.resolve("s"));
    }

    @Override
    public Address tcp() {
        return Endpoints.tcp(port);
    }

    public int port() {
        return port;
    }

    OsProcess process() {
        return process;
    }

    @Override
    public RawClient root() throws IOException {
        return RawClient.connect(socket())
                .loginNative(Login.clear("root", "").with(dev.myproxy.peers.Flags.LOCAL_FILES), "");
    }

    @Override
    public void createAccount(String user, String password, String database) throws IOException {
        execute("CREATE DATABASE IF NOT EXISTS " + database,
                "CREATE OR REPLACE USER '" + user + "'@'%' IDENTIFIED VIA mysql_native_password USING PASSWORD('"
                        + password + "')",
                "GRANT ALL ON " + database + ".* TO '" + user + "'@'%'");
    }

    /** Starts the server again after it was killed. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    /** Kills the server without giving it a chance to do anything. */
    void kill() throws IOException, InterruptedException {
        process.signal("KILL");
        process.waitForEnd();
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        MariaDbFiles.delete(data);
        MariaDbFiles.delete(directory);
    }
}
