package dev.myproxy.lua.script;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.lib.Outside;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A configuration in its verticle, with the test in the place of the daemon and of the sessions. */
final class RunningScript implements AutoCloseable {

    private static final AtomicLong CLIENTS = new AtomicLong();

    private final Vertx vertx = Vertx.builder().withTransport(Transport.preferred()).build();
    final FakeHost host;
    /** What nobody caught. */
    final Queue<Throwable> unhandled = new ConcurrentLinkedQueue<>();

    private RunningScript(FakeHost host) {
        this.host = host;
        LocalCodec.register(vertx.eventBus());
        vertx.exceptionHandler(unhandled::add);
    }

    /** Runs a configuration; fails with what the verticle's start fails with. */
    static RunningScript load(LuaScriptEngine engine, Path configuration) throws Exception {
        return load(engine, configuration, new FakeHost());
    }

    private static RunningScript load(LuaScriptEngine engine, Path configuration, FakeHost host) throws Exception {
        return load(engine, configuration, host, LuaSetup.DEFAULT_LIMIT);
    }

    /** @param limit how long a handler may compute */
    static RunningScript load(LuaScriptEngine engine, Path configuration, Duration limit) throws Exception {
        return load(engine, configuration, new FakeHost(), limit);
    }

    private static RunningScript load(LuaScriptEngine engine, Path configuration, FakeHost host, Duration limit)
            throws Exception {
        RunningScript script = new RunningScript(host);
        return script.started(new LuaVerticle(engine, configuration, host, limit));
    }

    /** @param outside what the script's libraries reach */
    static RunningScript load(LuaScriptEngine engine, Path configuration, Function<Vertx, Outside> outside)
            throws Exception {
        RunningScript script = new RunningScript(new FakeHost());
        return script.started(
                new LuaVerticle(engine, configuration, script.host, LuaSetup.DEFAULT_LIMIT, outside));
    }

    /** @param limit how long stopping waits for {@code on_disconnect} */
    static RunningScript loadWithFarewells(LuaScriptEngine engine, Path configuration, Duration limit)
            throws Exception {
        RunningScript script = new RunningScript(new FakeHost());
        return script.started(new LuaVerticle(engine, configuration, script.host, LuaSetup.DEFAULT_LIMIT, limit,
                Outside::real));
    }

    private RunningScript started(LuaVerticle verticle) throws Exception {
        try {
            deploy(verticle);
            return this;
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Runs a configuration that is expected to fail, and gives what the administrator reads. */
    static String failure(LuaScriptEngine engine, Path configuration) {
        return failure(engine, configuration, new FakeHost());
    }

    static String failure(LuaScriptEngine engine, Path configuration, FakeHost host) {
        try (RunningScript _ = load(engine, configuration, host)) {
            throw new AssertionError("the configuration loaded");
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Writes a configuration. */
    static Path write(Path directory, String source) {
        Path file = directory.resolve("config.lua");
        try {
            Files.write(file, source.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private void deploy(LuaVerticle verticle) throws Exception {
        await(vertx.deployVerticle(verticle));
    }

    static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }

    /** A client of the first listener, from 192.0.2.7. */
    ScriptClient tcpClient() {
        return client(new byte[]{(byte) 192, 0, 2, 7}, Optional.empty(), 0);
    }

    /** A client of the n-th listener, from a process of this machine. */
    ScriptClient unixClient(int listener) {
        return client(new byte[0], Optional.of(new PeerCredentials(4711, 1000, -2)), listener);
    }

    /** A client of the first listener, in a control group. */
    ScriptClient clientIn(CgroupSource cgroup) {
        FakeHost.Listener where = host.listeners.getFirst();
        return new ScriptClient(CLIENTS.incrementAndGet(), where.handlers(), new Address.UnixPath(""), where.address(),
                Optional.of(new PeerCredentials(4711, 1000, 1000)), cgroup, ByteString.of("5.7.30"));
    }

    private ScriptClient client(byte[] ip, Optional<PeerCredentials> credentials, int listener) {
        FakeHost.Listener where = host.listeners.get(listener);
        try {
            Address address = ip.length == 0
                    ? new Address.UnixPath("")
                    : Address.inet(InetAddress.getByAddress(ip), 40000);
            return new ScriptClient(CLIENTS.incrementAndGet(), where.handlers(), address, where.address(), credentials,
                    credentials.isPresent() ? FakeCgroup.of("/shop.slice/joe.scope") : CgroupSource.NONE,
                    ByteString.of("5.7.30"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client whose listener the script never made. */
    ScriptClient strayClient() {
        return new ScriptClient(CLIENTS.incrementAndGet(),
                Handlers.of(99, Handler.CONNECT, Handler.COMMAND_PHASE, Handler.INIT_DB),
                new Address.UnixPath(""), new Address.UnixPath(""), Optional.empty(), ByteString.of("5.7.30"));
    }

    Future<Decision> ask(ScriptEvent event) {
        return vertx.eventBus().<Decision>request(ScriptBus.EVENTS, event).map(Message::body);
    }

    Decision decide(ScriptEvent event) throws TimeoutException {
        return await(ask(event));
    }

    Decision connect(ScriptClient client) throws TimeoutException {
        return decide(new ScriptEvent.Connect(client));
    }

    Decision login(ScriptClient client, String user, String password) throws TimeoutException {
        return decide(new ScriptEvent.HandshakeResponse(client, ByteString.of(user),
                Secret.wrap(password.getBytes(StandardCharsets.UTF_8)), Optional.of(ByteString.of("shop"))));
    }

    Decision initDb(ScriptClient client, String database) throws TimeoutException {
        return decide(new ScriptEvent.InitDb(client, ByteString.of(database)));
    }

    /** As a session does when its connection ends. */
    void gone(ScriptClient client) {
        client.markStale();
        vertx.eventBus().send(ScriptBus.EVENTS, new ScriptEvent.Gone(client));
    }

    /** As a session does when its connection ends and its handler table has an {@code on_disconnect}. */
    void disconnect(ScriptClient client, String cause, Map<String, Object> session) {
        vertx.eventBus().send(ScriptBus.EVENTS, new ScriptEvent.Disconnect(client, cause, session));
    }

    void reload() {
        vertx.eventBus().send(ScriptBus.RELOAD, "");
    }

    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
