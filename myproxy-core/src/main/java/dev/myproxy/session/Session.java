package dev.myproxy.session;

import dev.myproxy.auth.RsaKey;
import dev.myproxy.auth.Safety;
import dev.myproxy.backend.Exposure;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.Packets;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.LoopMeters;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.meters.PhaseClock;
import dev.myproxy.session.meters.TlsSide;
import dev.myproxy.tls.ListenerTls;
import dev.myproxy.transport.Closing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One client from accept to end: what all of its phases share. Lives on the event loop of the client's channel.
 *
 * <p>The handler in the client's pipeline is the phase: {@link ClientGreeting}, then {@link WaitingClient} while
 * {@link Login} asks the script and logs in to the server, then {@link ClientCommands}. The backend's pipeline has
 * {@link dev.myproxy.backend.BackendLogin}, then {@link BackendResponses}.
 */
final class Session {

    private final Sessions sessions;
    private final long id;
    private final Channel channel;
    private final ScriptClient client;
    private final ScriptGateway script;
    private final SessionLog log;
    private final PhaseClock clock;
    private final LoopMeters meters;
    private final ServerSide server;
    private final Promise<Void> end = Promise.promise();
    private final Traffic traffic = new Traffic();
    private final Origin origin;
    private final Entrance entrance;
    private final PendingLogins.Place place;
    private final LoginTimeout loginTimeout;
    private final ClientTls tls;
    private ByteString salt = ByteString.EMPTY;
    private ClientPhase phase;
    private ChannelHandler handler;
    private boolean ended;

    Session(Sessions sessions, long id, AcceptedClient accepted, Entrance entrance, PendingLogins.Place place) {
        this.sessions = sessions;
        this.id = id;
        this.channel = accepted.channel();
        this.client = sessions.client(id, accepted, entrance.handlers());
        this.log = new SessionLog(client);
        this.origin = new Origin(client, channel);
        this.meters = sessions.meters().of(channel.eventLoop());
        this.script = new ScriptGateway(context(), client, meters, sessions.departures(channel.eventLoop()));
        this.server = new ServerSide(new ServerSeat(sessions.meters().servers(), channel.eventLoop(),
                meters.tls(TlsSide.SERVER)),
                new Residence(channel.eventLoop(), client, sessions.residences()));
        this.entrance = entrance;
        this.place = place;
        this.loginTimeout = new LoginTimeout(this);
        boolean headerFirst = options().proxyProtocol().isPresent();
        this.clock = new PhaseClock(headerFirst ? Phase.PROXY_HEADER : Phase.ACCEPT);
        this.phase = headerFirst ? new AwaitedHeader(this) : new ClientGreeting(this);
        this.tls = new ClientTls(this, entrance.tls());
        this.handler = phase;
    }

    void begin() {
        meters.began(phase());
        channel.pipeline().addLast(phase);
        if (channel.pipeline().first() == null) {
            // The handler could not begin, and Netty has thrown it out and logged why.
            cut(DisconnectCause.NO_MEMORY);
        }
    }

    long id() {
        return id;
    }

    Sessions sessions() {
        return sessions;
    }

    SessionSettings settings() {
        return sessions.settings();
    }

    /** What the script wishes for the clients of the session's listener. */
    ListenOptions options() {
        return client.handlers().options();
    }

    /** The client's place among those that have not logged in yet. */
    PendingLogins.Place place() {
        return place;
    }

    /** Does arithmetic on the client's password off the event loop; empty if the session has ended before its turn came. */
    <T> CompletableFuture<Optional<T>> work(Supplier<T> work) {
        return sessions.passwordWork().run(() -> sessions.isLive(this), work);
    }

    /** How long the client may take to log in. */
    LoginTimeout loginTimeout() {
        return loginTimeout;
    }

    /** A salt that the client is about to be given. */
    ByteString freshSalt() {
        salt = sessions.salts().next();
        return salt;
    }

    /** The salt that the client was given last. */
    ByteString salt() {
        return salt;
    }

    /** Who can read what the client sends: whether a password may come in clear. */
    Safety safety() {
        return tls.isOn() ? Safety.TLS : Exposure.of(client.listener());
    }

    /** Whether the client's connection is encrypted. */
    ClientTls tls() {
        return tls;
    }

    /** The key that the client may encrypt its password for. */
    CompletableFuture<RsaKey> rsaKey() {
        return options().rsaKey().map(CompletableFuture::completedFuture)
                .orElseGet(() -> sessions.passwordWork().key());
    }

    Channel channel() {
        return channel;
    }

    /** The Vert.x context of the session's event loop. */
    ContextInternal context() {
        return sessions.contexts().of(channel.eventLoop());
    }

    ScriptClient client() {
        return client;
    }

    /** What is told about where the client comes from. */
    Origin origin() {
        return origin;
    }

    SessionLog log() {
        return log;
    }

    Phase phase() {
        return clock.phase();
    }

    /**
     * Goes on to a phase.
     *
     * @return for how many nanoseconds it was in the last one
     */
    long enter(Phase next) {
        Phase last = phase();
        long spent = clock.enter(next);
        meters.entered(last, next, spent);
        return spent;
    }

    /** What all clients of the session's listener have in common. */
    Entrance entrance() {
        return entrance;
    }

    /** Where the event loop's sessions are counted. */
    LoopMeters meters() {
        return meters;
    }

    /** Where the server is counted that the session is at. */
    ServerSeat seat() {
        return server.seat();
    }

    /** The server that the session is at, and how it gets there. */
    ServerSide server() {
        return server;
    }

    /** The client's side. */
    ClientPhase side() {
        return phase;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Puts the handler of the next phase into the client's pipeline. */
    void becomes(ClientPhase next) {
        phase = next;
        replaceHandler(next);
    }

    private void replaceHandler(ChannelHandler next) {
        ChannelHandler last = handler;
        // before it is put there, because it may give its place to another one at once
        handler = next;
        channel.pipeline().replace(last, null, next);
    }

    /** Asks the script. The session may have ended when the answer comes. */
    void ask(ScriptEvent event, Consumer<Decision> answer) {
        script.ask(event, answer);
    }

    /** Ends the session because of an exception in one of its handlers: a broken connection, or a defect of ours. */
    void broken(Throwable failure, DisconnectCause cause) {
        if (failure instanceof OutOfMemoryError) {
            log.withoutMemory(failure);
            cut(DisconnectCause.NO_MEMORY);
            return;
        }
        if (!(failure instanceof IOException)) {
            log.defect(failure);
        }
        end(cause);
    }

    /** The session will ask for a server anew; see {@link ServerSide#park}. */
    void waitsAt(ParkedServer parked) {
        traffic.count();
        server.park(parked);
    }

    void entersCommandPhase(CommandPhase commands) {
        traffic.begin(commands);
        place.leave();
        loginTimeout.renew();
        enter(Phase.COMMAND);
    }

    /** Sends the client a packet. */
    void send(int sequenceId, Consumer<ByteBuf> payload) {
        var _ = channel.writeAndFlush(Packets.frame(channel.alloc(), sequenceId, payload), channel.voidPromise());
    }

    /** Sends the client a payload that came from the server, which is taken over. */
    void pass(int sequenceId, ByteBuf payload) {
        var _ = channel.writeAndFlush(Frames.frame(channel.alloc(), sequenceId, payload), channel.voidPromise());
    }

    /** Sends the client an ERR packet; before the greeting without SQLSTATE, as servers do. */
    void sendError(int sequenceId, ErrPacket error) {
        boolean greeted = phase().compareTo(Phase.GREETING) >= 0;
        send(sequenceId, to -> error.write(to, greeted));
    }

    /** Sends the client an ERR packet and ends the session. */
    void refuse(DisconnectCause cause, int sequenceId, ErrPacket error) {
        if (tls.isShakingHands()) {
            cut(cause);
        } else if (!ended) {
            sendError(sequenceId, error);
            sayFarewell(cause);
        }
    }

    /** Ends the session behind what the client has been sent, which tells it why. */
    void sayFarewell(DisconnectCause cause) {
        if (!ended) {
            finish(cause);
            replaceHandler(new Farewell(Closing.limit(Closing.flushed(channel), settings().drainTimeout())));
        }
    }

    /** Logs what went wrong, sends the client an ERR packet, and ends the session. */
    void fail(DisconnectCause cause, String message, int sequenceId, ErrPacket error) {
        if (!ended) {
            log.failure(message);
            refuse(cause, sequenceId, error);
        }
    }

    /** Ends the session because the client broke the protocol. */
    void malformed(MalformedPacketException failure, int sequenceId) {
        fail(DisconnectCause.CLIENT_MALFORMED, "Malformed packet from client: " + failure.getMessage(), sequenceId,
                ClientErrors.BAD_HANDSHAKE);
    }

    /** Ends the session: both sides get what was received for them, then they are closed. */
    void end(DisconnectCause cause) {
        if (!ended) {
            finish(cause == DisconnectCause.CLIENT_CLOSED ? reasonToClose() : cause);
            Closing.whenFlushed(channel, settings().drainTimeout());
        }
    }

    /** Ends the session at once: its client does not take what it gets, or there is no memory for that. */
    void cut(DisconnectCause cause) {
        if (!ended) {
            finish(cause);
            var _ = channel.close();
        }
    }

    private DisconnectCause reasonToClose() {
        if (tls.failure().isPresent()) {
            log.failure("TLS: " + tls.failure().get());
            return DisconnectCause.TLS_FAILED;
        }
        return phase.isProxyCheck() ? DisconnectCause.PROXY_CHECK : DisconnectCause.CLIENT_CLOSED;
    }

    private void finish(DisconnectCause cause) {
        ended = true;
        tls.over(cause);
        loginTimeout.pause();
        place.leave();
        server.end(settings().drainTimeout());
        traffic.count();
        server.seat().leave();
        meters.ended(cause, phase(), clock.age().toNanos());
        SessionReport report = report(cause);
        log.end(report);
        script.ended(report);
        sessions.ended(this);
        Closing.flushed(channel).addListener(_ -> end.tryComplete());
    }

    /** Ends the session because the daemon stops. From any thread. */
    Future<Void> shutDown() {
        channel.eventLoop().execute(() -> expel(DisconnectCause.SHUTDOWN, ClientErrors.SHUTDOWN));
        return end.future();
    }

    /** Ends the session though neither side asked for it; says whether it had not ended yet. */
    boolean expel(DisconnectCause cause, ErrPacket error) {
        if (ended) {
            return false;
        }
        phase.expel(cause, error);
        return true;
    }

    SessionSnapshot snapshot() {
        return new SessionSnapshot(id, client.name(), client.account(), client.address(), client.tls(),
                client.listener(), client.proxy(), server.last(), server.seat().encryption(),
                server.route().filter(Route::readOnly).isPresent(), phase(), clock.inPhase(),
                clock.age(), traffic.queries(),
                traffic.receivedBytes(), traffic.sentBytes());
    }

    private SessionReport report(DisconnectCause cause) {
        return new SessionReport(id, client.account(), client.listener(), client.proxy(), server.last(), cause,
                phase(), traffic.queries(), traffic.receivedBytes(), traffic.sentBytes(),
                clock.millis(Phase.ACCEPT) + clock.millis(Phase.DECISION),
                clock.millis(Phase.CONNECT),
                clock.millis(Phase.LOGIN), clock.totalMillis());
    }

    @Override
    public String toString() {
        return client.name();
    }
}
