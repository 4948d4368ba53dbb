package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.cgroup.Cgroups;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.ClientHost;
import dev.myproxy.listen.Refusal;
import dev.myproxy.offer.Offers;
import dev.myproxy.offer.ServerVersions;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.GreetedVersion;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.session.kill.Residences;
import dev.myproxy.session.meters.SessionCounter;
import dev.myproxy.session.meters.SessionMeters;
import dev.myproxy.tls.TlsException;
import dev.myproxy.tls.TlsListeners;
import dev.myproxy.transport.Connector;
import dev.myproxy.transport.EventLoopContexts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All sessions of the daemon. Thread-safe; each session itself lives on the event loop of its client. */
public final class Sessions {

    private final Map<Long, Session> live = new ConcurrentHashMap<>();
    private final ConnectionIds ids = new ConnectionIds();
    private final Salts salts = new Salts();
    private final Admission admission = new Admission();
    private final Residences residences = new Residences();
    private final Cgroups cgroups = new Cgroups();
    private final Offers offers = new Offers();
    private final ServerVersions versions = new ServerVersions();
    private final TlsListeners tls = new TlsListeners();
    private final EventLoopContexts contexts;
    private final Connector connector;
    private final SessionSettings settings;
    private final SessionMeters meters;
    private final PasswordWork passwordWork;
    private final Map<EventLoop, Departures> departures = new ConcurrentHashMap<>();
    private final Map<EventLoop, HandshakeTurns> handshakeTurns = new ConcurrentHashMap<>();

    /**
     * @param contexts  the Vert.x context of each event loop
     * @param connector makes the connections to servers
     * @param meters    count what the sessions do
     */
    public Sessions(EventLoopContexts contexts, Connector connector, SessionSettings settings, SessionMeters meters) {
        this(contexts, connector, settings, meters, new PasswordWork());
    }

    Sessions(EventLoopContexts contexts, Connector connector, SessionSettings settings, SessionMeters meters,
            PasswordWork passwordWork) {
        this.contexts = contexts;
        this.connector = connector;
        this.settings = settings;
        this.meters = meters;
        this.passwordWork = passwordWork;
    }

    /**
     * The clients of a listener.
     *
     * <p>Blocks as long as the file system does, if there are certificates to be read.
     *
     * @return begins the sessions of its clients, until the run of the configuration is over that the handlers belong to
     * @throws TlsException if the certificates can't be used
     */
    public ClientHost listener(Handlers handlers) throws TlsException {
        return new Entrance(this, handlers, ClientEncryption.of(tls, handlers.options().tls()));
    }

    /** What clients are told for whom no descriptor is left. */
    public Refusal withoutDescriptor() {
        ByteBuf packet = Packets.frame(ByteBufAllocator.DEFAULT, 0,
                to -> ClientErrors.TOO_MANY_CONNECTIONS.write(to, false));
        try {
            return new Refusal(ByteBufUtil.getBytes(packet), loop -> meters.of(loop).count(SessionCounter.OVER_LIMIT));
        } finally {
            packet.release();
        }
    }

    /** Begins the session of a client that was let in. */
    void begin(AcceptedClient accepted, Entrance entrance, PendingLogins.Place place) {
        Session session = new Session(this, ids.next(), accepted, entrance, place);
        live.put(session.id(), session);
        session.begin();
    }

    /** How many sessions there are. */
    public int count() {
        return live.size();
    }

    /** Ends all sessions, each with an ERR packet that says that the server shuts down, and waits for them. */
    public Future<Void> shutDown() {
        List<Future<Void>> ends = live.values().stream().map(Session::shutDown).toList();
        return Future.join(ends).mapEmpty();
    }

    /** Begins to do what is asked for over an event bus: see {@link SessionBus}. */
    public void listenOn(EventBus bus) {
        new SessionRequests(this).listenOn(bus);
    }

    /** Asks each session something on its event loop; the answers come in no order. */
    <T> Future<List<T>> each(Function<Session, T> question) {
        Map<EventLoop, List<Session>> loops = live.values().stream()
                .collect(Collectors.groupingBy(session -> session.channel().eventLoop()));
        List<Future<List<T>>> answers = new ArrayList<>();
        loops.forEach((loop, sessions) -> answers.add(Future.fromCompletionStage(CompletableFuture
                .supplyAsync(() -> sessions.stream().map(question).toList(), loop))));
        return Future.all(answers).map(_ -> answers.stream().flatMap(part -> part.result().stream()).toList());
    }

    /** Asks one session something on its event loop; empty if there is no such session. */
    <T> Future<Optional<T>> one(long id, Function<Session, T> question) {
        Session session = live.get(id);
        return session == null
                ? Future.succeededFuture(Optional.empty())
                : Future.fromCompletionStage(CompletableFuture.supplyAsync(
                        () -> Optional.of(question.apply(session)), session.channel().eventLoop()));
    }

    /** Limits how many clients there may be, from now on. */
    public void limit(ClientLimits limits) {
        admission.limit(limits);
    }

    /** How many clients there are, and may be. */
    public AdmissionSnapshot admissions() {
        return admission.snapshot();
    }

    Admission admission() {
        return admission;
    }

    Salts salts() {
        return salts;
    }

    /** What listeners shake hands with their clients by. */
    public TlsListeners tls() {
        return tls;
    }

    PasswordWork passwordWork() {
        return passwordWork;
    }

    /** Whether a session has not ended yet. From any thread. */
    boolean isLive(Session session) {
        return live.containsKey(session.id());
    }

    /** Makes the key that clients encrypt their passwords for, so that the first one need not wait for it. */
    public void expectEncryptedPasswords() {
        var _ = passwordWork.key();
    }

    /** What greetings offer. */
    Offers offers() {
        return offers;
    }

    /** Which versions the servers of listeners have. */
    ServerVersions versions() {
        return versions;
    }

    private ByteString version(Address listener, GreetedVersion wished) {
        return switch (wished) {
            case GreetedVersion.Fixed(var version) -> version;
            case GreetedVersion.OfServer() -> versions.of(listener).orElse(GreetedVersion.USUAL);
        };
    }

    /** Where the sessions of each owner are. */
    Residences residences() {
        return residences;
    }

    /** The part of a client that scripts see. */
    ScriptClient client(long id, AcceptedClient accepted, Handlers handlers) {
        CgroupSource cgroup = accepted.credentials()
                .map(credentials -> cgroups.of(accepted.channel(), credentials)).orElse(CgroupSource.NONE);
        ScriptClient client = new ScriptClient(id, handlers, accepted.peer(), accepted.listener(),
                accepted.credentials(), cgroup,
                version(accepted.listener(), handlers.options().serverVersion()));
        if (accepted.channel().localAddress() instanceof InetSocketAddress local) {
            client.setLocalAddress(new Address.Inet(local));
        }
        return client;
    }

    EventLoopContexts contexts() {
        return contexts;
    }

    Connector connector() {
        return connector;
    }

    SessionSettings settings() {
        return settings;
    }

    SessionMeters meters() {
        return meters;
    }

    /** Where the clients of an event loop take their leave of the script. */
    Departures departures(EventLoop loop) {
        return departures.computeIfAbsent(loop, l -> new Departures(contexts.of(l)));
    }

    /** Who shakes hands on an event loop. */
    HandshakeTurns handshakeTurns(EventLoop loop) {
        return handshakeTurns.computeIfAbsent(loop, l -> new HandshakeTurns(round -> {
            var _ = l.schedule(round, 0, TimeUnit.NANOSECONDS);
        }, System::nanoTime));
    }

    /** A session is over, and the script has been told. */
    void ended(Session session) {
        live.remove(session.id());
        admission.left(session.id());
        session.client().handlers().run().leave();
    }
}
