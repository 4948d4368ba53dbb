package dev.myproxy.session.kill;

import dev.myproxy.address.Address;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.backend.BackendLogin;
import dev.myproxy.backend.Exposure;
import dev.myproxy.backend.LoginFailure;
import dev.myproxy.backend.LoginTask;
import dev.myproxy.metrics.Server;
import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.metrics.Servers;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.transport.Connector;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A statement at a server where the killer has no connection: a login of its own, the answer, and COM_QUIT. Lives on the event
 * loop of its context, and tells once how it ended.
 */
public final class KillErrand implements LoginTask {

    private final ContextInternal context;
    private final Servers servers;
    private final Server counted;
    private final Address address;
    private final KeptLogin login;
    private final String sql;
    private final Consumer<ErrandResult> then;
    private String step = "connecting";
    private boolean loggedIn;
    private @Nullable Future<Channel> connection;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean over;

    /**
     * @param login what to log in with; wiped when the errand is over
     * @param then  hears how it ended
     */
    public KillErrand(ContextInternal context, Servers servers, Address address, KeptLogin login, String sql,
            Consumer<ErrandResult> then) {
        this.context = context;
        this.servers = servers;
        this.counted = servers.use(address);
        this.address = address;
        this.login = login;
        this.sql = sql;
        this.then = then;
    }

    /**
     * Connects to the server.
     *
     * @param limit how long all of it may take
     */
    public void begin(Connector connector, Duration limit) {
        deadline = context.nettyEventLoop().schedule(() -> fail("Timeout while " + step), limit.toNanos(),
                TimeUnit.NANOSECONDS);
        // The limits of the parts never come first: this one knows what to say.
        Duration more = limit.plusSeconds(1);
        BackendAuths auths = new BackendAuths(login.credentials(), Exposure.of(address, login.link().tls()),
                login.options().allowCleartext());
        BackendLogin handler = new BackendLogin(this, ErrandClient.response(login.charset()), auths, more,
                computing -> context.executeBlocking(computing, false)).introducedBy(login.link().forOurselves())
                .encryptedWith(login.link().tls());
        Future<Channel> connecting = connector.connect(context.nettyEventLoop(), address, handler, more);
        connection = connecting;
        connecting.addListener(_ -> {
            if (!connecting.isSuccess() && !over) {
                count(ServerCounter.CONNECT_ERRORS);
                fail(connector.describe(connecting.cause(), address));
            }
        });
    }

    private void count(ServerCounter counter) {
        counted.on(context.nettyEventLoop()).add(counter, 1);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void connected() {
        count(ServerCounter.CONNECTS);
        step = "logging in";
    }

    @Override
    public void received() {
        count(ServerCounter.PACKETS_RECEIVED);
    }

    @Override
    public void accepted(Accepted accepted) {
        accepted.ok().release();
        accepted.rest().release();
        login.clear();
        loggedIn = true;
        step = "waiting for the answer";
        accepted.channel().pipeline().replace(BackendLogin.class, null, new ErrandStatement(sql, this::answered));
    }

    private void answered(ErrandResult result) {
        count(ServerCounter.PACKETS_RECEIVED);
        tell(result);
    }

    @Override
    public void refused(boolean greeted, String message, ErrPacket error) {
        fail(message);
    }

    @Override
    public void failed(LoginFailure failure) {
        if (failure.kind() == LoginFailure.Kind.MALFORMED) {
            count(ServerCounter.MALFORMED_PACKETS);
        }
        fail(failure.message() + " while " + step);
    }

    private void fail(String message) {
        tell(new ErrandResult.Failed(message));
    }

    private void tell(ErrandResult result) {
        if (!over) {
            finish();
            then.accept(result);
        }
    }

    private void finish() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        login.clear();
        servers.release(counted);
        Future<Channel> made = connection;
        if (made != null && !made.cancel(false) && made.isSuccess()) {
            leave(made.getNow());
        }
    }

    private void leave(Channel channel) {
        if (loggedIn) {
            ErrandStatement.leave(channel);
        } else {
            var _ = channel.close();
        }
    }
}
