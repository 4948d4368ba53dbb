package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.backend.BackendLogin;
import dev.myproxy.backend.Exposure;
import dev.myproxy.backend.LoginFailure;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.script.Decision;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.meters.SessionCounter;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.TlsFailureKind;
import dev.myproxy.transport.Connector;
import dev.myproxy.transport.ErrorText;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server that a session tries. Until its greeting everything that goes wrong is told to the {@link ServerSearch}, once,
 * and its connection is closed; from then on it is the {@link Login} that hears how it goes on.
 */
final class ServerAttempt implements LoginTask, Approach {

    private final Session session;
    private final ServerSearch search;
    private final Login login;
    private final Address server;
    private final long deadlineNanos;
    private @Nullable Future<Channel> connection;
    private @Nullable ScheduledFuture<?> timeout;
    private long tlsBegan;
    private boolean greeted;
    private boolean over;

    /** @param limit how long the server may take to greet */
    ServerAttempt(Session session, ServerSearch search, Login login, Address server, Duration limit) {
        this.session = session;
        this.search = search;
        this.login = login;
        this.server = server;
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
    }

    void begin(HandshakeResponse response, Decision.Connect decision) {
        session.enter(Phase.CONNECT);
        BackendAuths auths = new BackendAuths(decision.credentials(), Exposure.of(server, decision.link().tls()),
                decision.options().allowCleartext());
        BackendLogin handler = new BackendLogin(this, response, auths, session.settings().backendLoginTimeout(),
                step -> session.context().executeBlocking(step, false))
                .introducedBy(decision.link().forClient(session.origin().header()))
                .encryptedWith(decision.link().tls());
        Connector connector = session.sessions().connector();
        Future<Channel> connecting = connector.connect(session.channel().eventLoop(), server, handler,
                Duration.ofNanos(leftNanos()));
        connection = connecting;
        session.server().goesThrough(connecting);
        connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                notConnected(connecting.cause(), connector.describe(connecting.cause(), server));
            }
        });
    }

    private void notConnected(Throwable cause, String reason) {
        if (ErrorText.isWithoutDescriptor(cause)) {
            fail(ServerFailure.withoutDescriptor(reason));
            return;
        }
        if (!isOver()) {
            session.seat().count(ServerCounter.CONNECT_ERRORS);
        }
        fail(ServerFailure.unreachable(reason));
    }

    private long leftNanos() {
        return Math.max(deadlineNanos - System.nanoTime(), 0);
    }

    @Override
    public boolean isOver() {
        return over || session.hasEnded();
    }

    @Override
    public void connected() {
        session.meters().connect().record(session.enter(Phase.LOGIN));
        session.seat().count(ServerCounter.CONNECTS);
        timeout = session.channel().eventLoop().schedule(() -> fail(ServerFailure.timeout(server)),
                leftNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void received() {
        session.seat().count(ServerCounter.PACKETS_RECEIVED);
    }

    @Override
    public void greeted(Greeting greeting) {
        greeted = true;
        stopTimeout();
        search.reached();
        login.greeted(server, greeting);
    }

    @Override
    public void encrypts() {
        tlsBegan = System.nanoTime();
    }

    @Override
    public void encrypted(Encryption agreed) {
        session.seat().encrypted(agreed, System.nanoTime() - tlsBegan);
    }

    @Override
    public void notEncrypted(TlsFailureKind why) {
        session.seat().notEncrypted(why);
    }

    @Override
    public void accepted(Accepted accepted) {
        session.meters().count(SessionCounter.AUTH_OK);
        login.accepted(accepted);
    }

    @Override
    public void refused(boolean greeted, String message, ErrPacket error) {
        ServerFailure failure = ServerFailure.refused(message, error);
        if (greeted) {
            session.meters().count(SessionCounter.AUTH_ERR);
            login.failed(failure);
        } else {
            fail(failure.at(server));
        }
    }

    @Override
    public void failed(LoginFailure failure) {
        if (failure.kind() == LoginFailure.Kind.MALFORMED) {
            session.seat().count(ServerCounter.MALFORMED_PACKETS);
        }
        if (failure.greeted()) {
            login.failed(ServerFailure.of(failure));
        } else {
            fail(ServerFailure.of(failure).at(server));
        }
    }

    /** Once the server has greeted there is no other way. */
    @Override
    public boolean giveUp(String reason) {
        if (greeted || isOver()) {
            return false;
        }
        fail(ServerFailure.unavailable(reason).at(server));
        return true;
    }

    private void fail(ServerFailure failure) {
        stopTimeout();
        if (!isOver()) {
            over = true;
            closeConnection();
            search.failed(failure);
        }
    }

    private void closeConnection() {
        Future<Channel> made = connection;
        if (made != null && !made.cancel(false) && made.isSuccess()) {
            var _ = made.getNow().close();
        }
    }

    private void stopTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
