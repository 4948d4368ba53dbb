package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.inherit.InheritedSockets;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The parts of the daemon in this process, with a configuration that can be changed and loaded again. Its script has
 * {@code socket} and the function {@code at(name)}, which gives paths in the directory; what {@code reload_config} gave is in
 * {@code result()}.
 */
final class ReloadingDaemon implements AutoCloseable {

    private static final String PRELUDE = """
                                          local directory = 'DIRECTORY'
                                          local function at(name) return directory .. '/' .. name end
                                          local socket = at('proxy.sock')
                                          local outcome = metrics.gauge('outcome', '1 for true, -1 for nil')
                                          function reload()
                                              local ok, message = reload_config()
                                              outcome:set(ok and 1 or -1)
                                              if not ok then print('FAILED ' .. message) end
                                          end
                                          """;

    private final Path directory;
    private final Path before;
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Vertx vertx = Reactor.start(2);
    final DaemonListeners listeners;
    final Configurations configurations;

    private volatile String problem = "";

    private ReloadingDaemon(String engine, Path directory, String lua, Duration limit, int most) throws Exception {
        this.directory = directory;
        this.before = Path.of("/proc/self/cwd").toRealPath();
        LocalCodec.register(vertx.eventBus());
        Status status = new Status("config.lua", meters);
        listeners = new DaemonListeners(vertx, Transport.of(vertx), InheritedSockets.none(), directory, meters, status);
        configurations = new Configurations(vertx, new Loading(Engines.installed()),
                ConfigurationFile.of(write(lua).toString()), listeners, meters, limit, most);
        configurations.load(Optional.of(engine), status, new CompletableFuture<>());
        listeners.accept();
    }

    static ReloadingDaemon start(String engine, Path directory, String lua) throws Exception {
        return new ReloadingDaemon(engine, directory, lua, Duration.ofMinutes(1), FormerScripts.MOST);
    }

    /** With other limits: how long loading again may take, and how many former scripts there may be. */
    static ReloadingDaemon start(String engine, Path directory, String lua, Duration limit, int most) throws Exception {
        return new ReloadingDaemon(engine, directory, lua, limit, most);
    }

    private Path write(String lua) throws IOException {
        return Files.writeString(directory.resolve("config.lua"),
                PRELUDE.replace("DIRECTORY", directory.toString()).replace("\n", " ") + "\n" + lua);
    }

    /** Changes the configuration and does what SIGHUP does; gives whether it was loaded, of which script and daemon must agree. */
    boolean change(String lua) throws Exception {
        write(lua);
        return reload();
    }

    /** Does what SIGHUP does, and gives the same. */
    boolean reload() throws Exception {
        problem = "";
        boolean loaded = configurations.callReload().map(true).otherwise(failure -> {
            problem = String.valueOf(failure.getMessage());
            return false;
        }).await(60, TimeUnit.SECONDS);
        if (loaded != metric("outcome") > 0) {
            throw new AssertionError("reload_config gave " + metric("outcome"));
        }
        return loaded;
    }

    /** Does what SIGHUP does, and gives what has become of that. */
    Reloaded outcome() throws Exception {
        return configurations.callReload().await(60, TimeUnit.SECONDS);
    }

    /** Why the last change failed, as the service manager is told. */
    String problem() {
        return problem;
    }

    double metric(String name) {
        return meters.get(name).meter().measure().iterator().next().getValue();
    }

    Address socket(String name) {
        return Endpoints.unix(directory.resolve(name));
    }

    RawClient client(String socket, String user) throws IOException {
        RawClient client = RawClient.connect(socket(socket));
        client.readGreeting();
        return client.login(Login.clear(user, "pw"));
    }

    /** A client that has logged in. */
    RawClient client() throws IOException {
        return client("proxy.sock", "joe");
    }

    /** How the configuration in force refuses a login. */
    String refusal(String socket) throws IOException {
        try (RawClient client = RawClient.connect(socket(socket))) {
            client.readGreeting();
            return client.tryLogin(Login.clear("joe", "pw")).err().message();
        }
    }

    @Override
    public void close() throws IOException, TimeoutException {
        configurations.freeze();
        listeners.close().await(60, TimeUnit.SECONDS);
        configurations.stop().await(60, TimeUnit.SECONDS);
        vertx.close().await(60, TimeUnit.SECONDS);
        new WorkingDirectory().change(before.toString());
    }
}
