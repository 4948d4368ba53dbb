package dev.myproxy.session;

import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.cgroup.Cgroups;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.listen.ClientHost;
import dev.myproxy.offer.Offers;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.session.kill.Residences;
import dev.myproxy.session.meters.SessionCounter;
import dev.myproxy.session.meters.SessionMeters;
import dev.myproxy.transport.Closing;
import dev.myproxy.transport.Connector;
import dev.myproxy.transport.EventLoopContexts;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions of the daemon. Thread-safe; each session itself lives on the event loop of its client. */
public final class Sessions {

    private static final ByteString DEFAULT_SERVER_VERSION = ByteString.of("5.7.30");

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Map<Long, Session> live = new ConcurrentHashMap<>();
    private final ConnectionIds ids = new ConnectionIds();
    private final Salts salts = new Salts();
    private final Admission admission = new Admission();
    private final Residences residences = new Residences();
    private final Cgroups cgroups = new Cgroups();
    private final Offers offers = new Offers();
    private final EventLoopContexts contexts;
    private final Connector connector;
    private final SessionSettings settings;
    private final SessionMeters meters;
    private final Map<EventLoop, Departures> departures = new ConcurrentHashMap<>();

    /**
     * @param contexts  the Vert.x context of each event loop
     * @param connector makes the connections to servers
     * @param meters    count what the sessions do
     */
    public Sessions(EventLoopContexts contexts, Connector connector, SessionSettings settings, SessionMeters meters) {
        this.contexts = contexts;
        this.connector = connector;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * The clients of a listener.
     *
     * @return begins the sessions of its clients, until the run of the configuration is over that the handlers belong to
     */
    public ClientHost listener(Handlers handlers) {
        PendingLogins pending = new PendingLogins(handlers.options().maxPendingLogins(), admission::loggedIn);
        return accepted -> {
            if (!handlers.run().enter()) {
                return false;
            }
            Optional<String> refusal = admission.enter();
            if (refusal.isPresent()) {
                refuse(accepted, pending, refusal.get());
                handlers.run().leave();
                return true;
            }
            pending.enter().ifPresentOrElse(place -> begin(accepted, handlers, place), () -> {
                admission.loggedIn();
                admission.left(-1);
                refuse(accepted, pending, pending.reason());
                handlers.run().leave();
            });
            return true;
        };
    }

    private void begin(AcceptedClient accepted, Handlers handlers, PendingLogins.Place place) {
        Session session = new Session(this, ids.next(), accepted, handlers, place);
        live.put(session.id(), session);
        session.begin();
    }

    /** Tells a client that there are too many, as servers do, in the place of the greeting. */
    private void refuse(AcceptedClient accepted, PendingLogins pending, String reason) {
        Channel channel = accepted.channel();
        meters.of(channel.eventLoop()).count(SessionCounter.OVER_LIMIT);
        pending.refusal(reason, System.nanoTime()).ifPresent(line -> LOG.warn("[{}] {}", accepted.listener(), line));
        var _ = channel.writeAndFlush(
                Packets.frame(channel.alloc(), 0, to -> ClientErrors.TOO_MANY_CONNECTIONS.write(to, false)));
        Closing.whenFlushed(channel, settings.drainTimeout());
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

    /** What greetings offer. */
    Offers offers() {
        return offers;
    }

    /** Where the sessions of each owner are. */
    Residences residences() {
        return residences;
    }

    /** The part of a client that scripts see. */
    ScriptClient client(long id, AcceptedClient accepted, Handlers handlers) {
        CgroupSource cgroup = accepted.credentials()
                .map(credentials -> cgroups.of(accepted.channel(), credentials)).orElse(CgroupSource.NONE);
        return new ScriptClient(id, handlers, accepted.peer(), accepted.listener(), accepted.credentials(), cgroup,
                DEFAULT_SERVER_VERSION);
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

    /** A session is over, and the script has been told. */
    void ended(Session session) {
        live.remove(session.id());
        admission.left(session.id());
        session.client().handlers().run().leave();
    }
}
