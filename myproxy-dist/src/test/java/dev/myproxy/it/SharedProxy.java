package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/**
 * One daemon per script engine for all tests of a JVM; it runs {@code shared.lua}, in which the client's user name tells
 * where to go: {@link #account}.
 */
final class SharedProxy {

    private static final Map<String, SharedProxy> BY_ENGINE = new ConcurrentHashMap<>();

    private final String engine;
    private final Path directory;
    private final int port;
    private final ProxyProcess process;

    private SharedProxy(String engine) throws IOException {
        this.engine = engine;
        directory = Files.createTempDirectory("myproxy-it-");
        port = Endpoints.freePort();
        try {
            process = ProxyProcess.startWatchingBuffers(directory, configuration(), "--engine", engine);
        } catch (IOException e) {
            MariaDbFiles.delete(directory);
            throw e;
        }
    }

    /** The daemon with an engine, {@code luajit} or {@code luaj}; it ends with the JVM. */
    static SharedProxy of(String engine) {
        return BY_ENGINE.computeIfAbsent(engine, SharedProxy::startUntilExit);
    }

    /** The daemon with the engine that is chosen by default. */
    static SharedProxy standard() {
        return of("luajit");
    }

    private static SharedProxy startUntilExit(String engine) {
        try {
            SharedProxy proxy = new SharedProxy(engine);
            Runtime.getRuntime().addShutdownHook(new Thread(proxy::end));
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        try {
            process.close();
            MariaDbFiles.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() throws IOException {
        try (InputStream in = Objects.requireNonNull(SharedProxy.class.getResourceAsStream("shared.lua"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("DIRECTORY", directory.toString())
                    .replace("PORT", Integer.toString(port)).replace("ABSTRACT", abstractName());
        }
    }

    private String abstractName() {
        return "myproxy-it-" + engine + "-" + port;
    }

    ProxyProcess process() {
        return process;
    }

    /** The listener with a name of {@code shared.lua}. */
    Address listener(String name) {
        return Endpoints.unix(directory.resolve(name));
    }

    Address tcp() {
        return Endpoints.tcp(port);
    }

    /**
     * The TCP listener that is like another one: {@code main}, {@code query}, {@code limits} or
     * {@code few}. And {@code strict} and {@code any}, which take no passwords in clear; so do {@code like-mysql} and
     * {@code like-mariadb}, which greet with the version of their server.
     */
    Address tcp(String name) {
        String host = switch (name) {
            case "main" -> "127.0.0.1";
            case "query" -> "127.0.0.2";
            case "limits" -> "127.0.0.11";
            case "few" -> "127.0.0.12";
            case "strict" -> "127.0.0.13";
            case "like-mysql" -> "127.0.0.16";
            case "like-mariadb" -> "127.0.0.17";
            case "any" -> "127.0.0.14";
            default -> throw new IllegalArgumentException(name);
        };
        return Address.inet(InetAddress.ofLiteral(host), port);
    }

    int port() {
        return port;
    }

    Address abstractSocket() {
        return new Address.Abstract(abstractName());
    }

    /** A client at the main listener that has read nothing yet. */
    RawClient connect() throws IOException {
        return connect("main");
    }

    /** A client at a listener that has read nothing yet. */
    RawClient connect(String listener) throws IOException {
        return RawClient.connect(listener(listener));
    }

    /** A client at a listener that is logged in to a server which asks for no password. */
    RawClient loggedIn(String listener, Address server) throws IOException {
        return connect(listener).login(Login.clear(account("root", server), ""));
    }

    /** The user name for a client who wants to log in to a server with an account. */
    static String account(String name, Address server) {
        return name + " " + server;
    }

    /** As {@link #account(String, Address)} with an option that {@code shared.lua} knows. */
    static String account(String name, Address server, String option) {
        return account(name, server) + " " + option;
    }

    /** Fails if the daemon has lost a buffer or met something unexpected so far. */
    void assertHealthy() throws IOException, InterruptedException {
        // Lost buffers are found when the garbage is collected.
        Process gc = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.process().pid()), "GC.run").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(gc.waitFor()).isZero();
        assertThat(process.log()).noneMatch(line -> line.contains("LEAK") || line.contains("Exception"));
    }

    /** Waits until the daemon has as many descriptors open as it had before. */
    void awaitDescriptors(long expected) {
        Awaitility.await("descriptors of the daemon")
                .untilAsserted(() -> assertThat(process.process().descriptors())
                        .isLessThanOrEqualTo(expected));
    }
}
