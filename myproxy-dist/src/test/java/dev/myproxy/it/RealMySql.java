package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A MySQL server of a test's own, or {@link #shared()} one for all tests of a JVM. Where the machine has none, whoever asks
 * for one is skipped, so tests ask in {@code @BeforeAll} or later, not in the initializer of a static field.
 *
 * <p>It listens at a Unix socket and at a TCP port of the loopback interface, has an account {@code root} without a
 * password, and forgets everything when it is closed. Its usual plugin is caching_sha2_password.
 */
public final class RealMySql implements TestedServer, Closeable {

    private static final class Shared {
        static final RealMySql INSTANCE = startUntilExit();

        private static RealMySql startUntilExit() {
            try {
                RealMySql server = start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private final MySqlFiles files;
    private final Path data;
    private final Path directory;
    private final int port;
    private final List<String> options;
    private OsProcess process;

    private RealMySql(MySqlFiles files, Path data, Path directory, int port, List<String> options)
            throws IOException {
        this.files = files;
        this.data = data;
        this.directory = directory;
        this.port = port;
        this.options = options;
        process = launch();
    }

    /** The server that tests share; it ends with the JVM. Tests must not stop it or change its settings for good. */
    public static RealMySql shared() {
        MySqlFiles.require();
        return Shared.INSTANCE;
    }

    /** Whether this machine has one; for tests that can do without it in part. */
    public static boolean available() {
        return MySqlFiles.present();
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param options further options of mysqld
     */
    public static RealMySql start(String... options) throws IOException, InterruptedException {
        MySqlFiles files = MySqlFiles.require();
        // The path of a Unix socket must be short, that of target/ need not be.
        RealMySql server = new RealMySql(files, files.newDataDirectory(), Files.createTempDirectory("myproxy-my-"),
                Endpoints.freePort(), List.of(options));
        try {
            server.awaitReady();
            return server;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private OsProcess launch() throws IOException {
        List<String> command = files.command(data);
        command.addAll(List.of("--socket=" + directory.resolve("s"), "--port=" + port, "--bind-address=127.0.0.1",
                "--pid-file=" + directory.resolve("pid"), "--tmpdir=" + directory, "--skip-name-resolve",
                "--key-buffer-size=1M", "--max-allowed-packet=128M", "--max-connections=500", "--local-infile=1",
                "--table-open-cache=200", "--table-definition-cache=400", "--innodb-buffer-pool-load-at-startup=OFF",
                "--innodb-buffer-pool-dump-at-shutdown=OFF"));
        command.addAll(options);
        return new OsProcess(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start());
    }

    private Path log() {
        return data.resolve("server.log");
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            try (RawClient probe = RawClient.connect(socket())) {
                probe.readGreeting();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("MySQL does not start: " + String.join("\n", MariaDbFiles.tail(log())), e);
                }
                Thread.sleep(20);
            }
        }
    }

    /** The version, such as {@code 9.7.4}. */
    String version() {
        return files.version();
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
        return RawClient.connect(socket()).login(Login.clear("root", "").with(Flags.LOCAL_FILES)
                .withAuth("caching_sha2_password", new byte[0]));
    }

    @Override
    public void createAccount(String user, String password, String database) throws IOException {
        execute("CREATE DATABASE IF NOT EXISTS " + database, "DROP USER IF EXISTS '" + user + "'@'%'",
                "CREATE USER '" + user + "'@'%' IDENTIFIED WITH caching_sha2_password BY '" + password + "'",
                "GRANT ALL ON " + database + ".* TO '" + user + "'@'%'");
    }

    /** Starts the server again after it was killed or has ended. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    /** Stops the server as an administrator would. */
    void stop() throws IOException, InterruptedException {
        process.signal("TERM");
        process.waitForEnd();
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
