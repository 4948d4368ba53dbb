package dev.myproxy.dist;

import dev.myproxy.inherit.InheritedSockets;
import dev.myproxy.address.Address;
import dev.myproxy.bus.LocalCodec;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The parts of the daemon in this process: a configuration on its engine, its listener, its sessions, its clusters. The
 * configuration listens on the global {@code socket}.
 */
final class InProcess implements AutoCloseable {

    private final Vertx vertx;
    private final Listeners listeners;
    private final Script script;
    private final Address address;

    private InProcess(Vertx vertx, Listeners listeners, Script script, Address address) {
        this.vertx = vertx;
        this.listeners = listeners;
        this.script = script;
        this.address = address;
    }

    /**
     * @param engine    by name
     * @param directory where the configuration and the socket are put
     * @param lua       the configuration
     */
    static InProcess start(String engine, Path directory, String lua) throws Exception {
        Path socket = directory.resolve("proxy.sock");
        Path configuration = Files.writeString(directory.resolve("config.lua"),
                "local socket = '" + socket + "'\n" + lua);
        Vertx vertx = Reactor.start(2);
        LocalCodec.register(vertx.eventBus());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Listeners listeners = new DaemonListeners(vertx, Transport.of(vertx), InheritedSockets.none(), directory,
                meters, new Status("config.lua", meters));
        CompletableFuture<Script> script = Script.start(vertx,
                Engines.installed().named(engine).verticle(configuration, new DaemonHost(listeners, meters)));
        try {
            Script running = script.get(60, TimeUnit.SECONDS);
            listeners.accept();
            return new InProcess(vertx, listeners, running, Endpoints.unix(socket));
        } catch (Exception e) {
            vertx.close().await();
            throw e;
        }
    }

    /** A client that has read the greeting. */
    RawClient client() throws IOException {
        RawClient client = RawClient.connect(address);
        client.readGreeting();
        return client;
    }

    /** A client that has logged in. */
    RawClient client(String user) throws IOException {
        return client().login(Login.clear(user, "pw"));
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() throws TimeoutException {
        listeners.close().await(60, TimeUnit.SECONDS);
        script.stop().await(60, TimeUnit.SECONDS);
        vertx.close().await(60, TimeUnit.SECONDS);
    }
}
