package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.listen.EventLoopBalance;
import dev.myproxy.listen.ListenBus;
import dev.myproxy.listen.ListenerVerticle;
import dev.myproxy.metrics.Servers;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import dev.myproxy.session.meters.SessionMeters;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.TestedTransport;
import dev.myproxy.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import dev.myproxy.listen.ClientHost;
import dev.myproxy.tls.TlsException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A proxy with an engine of one function: what a script would decide. */
final class TestProxy implements AutoCloseable {

    private final Vertx vertx;
    private final Transport transport;
    private final Sessions sessions;
    private final Address address;
    private final Queue<ScriptEvent.Gone> gone;

    private TestProxy(Vertx vertx, Transport transport, Sessions sessions, Address address,
            Queue<ScriptEvent.Gone> gone) {
        this.vertx = vertx;
        this.transport = transport;
        this.gone = gone;
        this.sessions = sessions;
        this.address = address;
    }

    static TestProxy start(Handlers handlers, Function<ScriptEvent, Decision> engine) {
        return start(SessionSettings.DEFAULT, handlers, engine);
    }

    static TestProxy start(SessionSettings settings, Handlers handlers, Function<ScriptEvent, Decision> engine) {
        return startLater(settings, handlers, event -> Future.succeededFuture(engine.apply(event)));
    }

    /** A proxy whose script takes its time. */
    static TestProxy startLater(Handlers handlers, Function<ScriptEvent, Future<Decision>> engine) {
        return startLater(SessionSettings.DEFAULT, handlers, engine);
    }

    static TestProxy startLater(SessionSettings settings, Handlers handlers,
            Function<ScriptEvent, Future<Decision>> engine) {
        return startOn(TestedTransport.DEFAULT, settings, handlers, engine);
    }

    /** A proxy with channels of one kind. */
    static TestProxy startOn(Sockets channels, SessionSettings settings, Handlers handlers,
            Function<ScriptEvent, Future<Decision>> engine) {
        Address any = new Address.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return start(channels, any, settings, handlers, engine, new PasswordWork());
    }

    /** A proxy at an address. */
    static TestProxy startAt(Address listener, Handlers handlers, Function<ScriptEvent, Decision> engine) {
        return start(TestedTransport.DEFAULT, listener, SessionSettings.DEFAULT, handlers,
                event -> Future.succeededFuture(engine.apply(event)), new PasswordWork());
    }

    /** A proxy whose arithmetic on passwords somebody else does. */
    static TestProxy startWorking(PasswordWork work, Handlers handlers, Function<ScriptEvent, Decision> engine) {
        Address any = new Address.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return start(TestedTransport.DEFAULT, any, SessionSettings.DEFAULT, handlers,
                event -> Future.succeededFuture(engine.apply(event)), work);
    }

    private static TestProxy start(Sockets channels, Address address, SessionSettings settings, Handlers handlers,
            Function<ScriptEvent, Future<Decision>> engine, PasswordWork work) {
        Vertx vertx = TestedTransport.vertx(channels);
        LocalCodec.register(vertx.eventBus());
        Queue<ScriptEvent.Gone> gone = new ConcurrentLinkedQueue<>();
        vertx.eventBus().<ScriptEvent>localConsumer(ScriptBus.EVENTS, message -> {
            switch (message.body()) {
                case ScriptEvent.Gone left -> gone.add(left);
                case ScriptEvent.Disconnect end -> {
                    var _ = engine.apply(end);
                }
                default -> engine.apply(message.body()).onSuccess(message::reply);
            }
        });
        Transport transport = TestedTransport.of(channels, vertx);
        Sessions sessions = new Sessions(new EventLoopContexts(vertx), transport, settings,
                new SessionMeters(new Servers()), work);
        sessions.listenOn(vertx.eventBus());
        ListenerVerticle listener = new ListenerVerticle(transport, address, Path.of("/"),
                new EventLoopBalance(transport.loops()),
                host(sessions, taking(handlers))::take);
        vertx.deployVerticle(listener).await();
        ListenBus.accept(vertx);
        return new TestProxy(vertx, transport, sessions, listener.address(), gone);
    }

    /** The listener of a session's proxy; what is wrong with its certificates fails the test. */
    static ClientHost host(Sessions sessions, Handlers handlers) {
        try {
            return sessions.listener(handlers);
        } catch (TlsException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients of most tests are of the simplest kind, and come over TCP: those that say how they prove who they are aren't. */
    private static Handlers taking(Handlers handlers) {
        ListenOptions options = handlers.options();
        return options.auth() == AuthMode.PASSWORD && options.rsaKey().isEmpty()
                ? new Handlers(handlers.run(), handlers.id(), handlers.defined(),
                        options.toBuilder().allowCleartext(true).build())
                : handlers;
    }

    /** A proxy whose script connects everybody to one server with the client's own credentials. */
    static TestProxy to(Address server) {
        return start(Handlers.of(1), event -> connect(event, server));
    }

    static Decision connect(ScriptEvent event, Address server) {
        return connect(event, Upstream.of(server));
    }

    static Decision connect(ScriptEvent event, Upstream upstream) {
        if (!(event instanceof ScriptEvent.HandshakeResponse login)) {
            return new Decision.Failed("unexpected " + event);
        }
        return new Decision.Connect(upstream,
                new Credentials(login.user(), Secret.wrap(login.password().copy()), Optional.empty(),
                        login.database().orElse(ByteString.EMPTY)),
                ConnectOptions.DEFAULT);
    }

    Address address() {
        return address;
    }

    /** What the script was told about clients that are gone. */
    Queue<ScriptEvent.Gone> gone() {
        return gone;
    }

    List<SessionSnapshot> list() {
        return vertx.eventBus().<SessionBus.Listing>request(SessionBus.LIST, new SessionBus.ListAll()).await().body()
                .sessions();
    }

    boolean kill(long id) {
        return vertx.eventBus().<Boolean>request(SessionBus.KILL, new SessionBus.Kill(id)).await().body();
    }

    int disconnect(String account) {
        SessionBus.Disconnect request = new SessionBus.Disconnect(ByteString.of(account));
        return vertx.eventBus().<Integer>request(SessionBus.DISCONNECT, request).await().body();
    }

    void leave(SessionBus.Leave leave) {
        vertx.eventBus().publish(SessionBus.LEAVE, leave);
    }

    /** A health check was greeted. */
    void greeted(SessionBus.Greeted greeted) {
        vertx.eventBus().publish(SessionBus.GREETED, greeted);
    }

    Vertx vertx() {
        return vertx;
    }

    Sessions sessions() {
        return sessions;
    }

    @Override
    public void close() {
        sessions.shutDown().await();
        vertx.close().await();
        transport.close();
    }
}
